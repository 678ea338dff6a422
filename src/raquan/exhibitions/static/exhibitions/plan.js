// Paints the plan by touch: a grid of buttons above the text, which stays what is sent and works alone.
const editor = document.querySelector("[data-plan-editor]");
const text = editor?.querySelector("textarea");
const PAD = 4;
const MOST = 40;

function read() {
  const rows = text.value.split("\n").map((line) => line.trim().split(/\s+/).filter(Boolean)).filter((row) => row.length);
  const wide = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array(wide - row.length).fill(".")]);
}

function write(rows) {
  text.value = rows.map((row) => row.map((cell) => cell.padEnd(PAD)).join(" ").trimEnd()).join("\n");
}

function nextBooth(rows) {
  const used = new Set(rows.flat());
  for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
    for (let number = 1; number < 100; number++) if (!used.has(letter + number)) return letter + number;
  }
  return ".";
}

function brush(rows) {
  const chosen = editor.querySelector("input[name=brush]:checked")?.value ?? ".";
  return chosen === "booth" ? nextBooth(rows) : chosen;
}

function draw(grid, focus) {
  const rows = read();
  grid.replaceChildren(
    ...rows.map((row, y) => {
      const line = document.createElement("div");
      line.className = "exhibition-cells__row";
      line.append(
        ...row.map((cell, x) => {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = cell === "." ? "" : cell;
          const isBooth = /^[A-Z]{1,2}\d{1,3}$/i.test(cell);
          button.className = isBooth ? "is-booth" : cell === "." ? "" : "is-other";
          const place = editor.dataset.cell.replace("{row}", y + 1).replace("{column}", x + 1);
          button.setAttribute("aria-label", `${place}: ${cell}`);
          button.addEventListener("click", () => {
            const now = read();
            now[y][x] = brush(now);
            write(now);
            draw(grid, [y, x]);
          });
          return button;
        }),
      );
      return line;
    }),
  );
  if (focus) grid.children[focus[0]]?.children[focus[1]]?.focus();
}

if (text) {
  const signs = editor.dataset.signs.split(" ");
  const names = editor.dataset.names.split("|");
  const brushes = document.createElement("fieldset");
  brushes.className = "exhibition-brushes";
  const legend = document.createElement("legend");
  legend.textContent = editor.dataset.brush;
  brushes.append(legend);
  [["booth", editor.dataset.booth], ...signs.map((sign, place) => [sign, names[place]])].forEach(([value, name], place) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "brush", value, checked: place === 0 });
    label.append(input, name);
    brushes.append(label);
  });
  const grid = document.createElement("div");
  grid.className = "exhibition-cells";
  editor.prepend(brushes, grid);
  text.addEventListener("input", () => read().length <= MOST && draw(grid));
  draw(grid);
}
