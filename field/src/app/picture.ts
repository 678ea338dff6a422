/** Makes a photo small and leaves the picture alone in it: place, time and owner stay where they were. */

const LONGEST = 1280
const QUALITIES = [0.7, 0.5, 0.3]
const ENOUGH = 600_000

/** Draw a photo anew as a JPEG of at most 1280 pixels; throws when this is no photo that the phone can read. */
export async function redrawn(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close() // a large photo fills a small phone's memory
  let drawn: Blob | null = null
  for (const quality of QUALITIES) {
    drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (drawn && drawn.size <= ENOUGH) break
  }
  canvas.width = 0
  if (!drawn) throw new Error('the picture cannot be drawn')
  return new Uint8Array(await drawn.arrayBuffer())
}

/** Give bytes as an address that the page may show. */
export function shownAs(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(new Blob([bytes], { type: 'image/jpeg' }))
  })
}
