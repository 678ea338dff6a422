// Makes ODK Web Forms fit a thin line and our readers: without its 54 inlined fonts and its map, in Vietnamese.
// The package is pinned; whatever is not found as expected fails the build, so that an update is looked at.
import type { Plugin } from 'vitest/config'

const PACKAGE = /@getodk\/web-forms\/dist\//
/** Its tiles would come from outside: where it is not loaded, the package itself says that there is no map. */
const MAP = /\(await import\("\.\/MapBlock-[\w-]+\.js"\)\)\.default/

/** What the package says in English in its own code; PrimeVue's words are set at run time (src/forms/words.ts). */
const WORDS: Record<string, string> = {
  '"Send"': '"Lưu"',
  '"Condition not satisfied: constraint"': '"Câu trả lời này chưa đúng."',
  '"Condition not satisfied: required"': '"Câu này cần trả lời."',
  '"Change language"': '"Đổi ngôn ngữ"',
  '"change language"': '"đổi ngôn ngữ"',
  '"Take picture"': '"Chụp ảnh"',
  '"Choose image"': '"Chọn ảnh"',
  '"Captured image preview"': '"Ảnh đã chọn"',
  '"Remove"': '"Bỏ"',
  '" Add "': '" Thêm "',
  '"Get location"': '"Lấy vị trí"',
  '"Try again"': '"Thử lại"',
  '"Save location"': '"Lưu vị trí"',
  '"Cancel"': '"Thôi"',
  '"Finding your location"': '"Đang tìm vị trí"',
  '"Cannot access location"': '"Không lấy được vị trí"',
  '"Grant location permission in the browser settings and make sure location is turned on."':
    '"Hãy bật vị trí và cho trình duyệt dùng vị trí."',
  '"Time taken to capture location: "': '"Thời gian lấy vị trí: "',
  '"Good accuracy"': '"Chính xác"',
  '"Poor accuracy"': '"Chưa chính xác"',
  '"Unknown accuracy"': '"Không rõ độ chính xác"',
  '"Rank items"': '"Xếp thứ tự"',
  '" Okay "': '" Được "',
  '" Unable to load map "': '" Không có bản đồ ở đây "',
}

export const webForms = (): Plugin => ({
  name: 'web-forms-for-a-thin-line',
  enforce: 'pre',
  transform(code, id) {
    if (!PACKAGE.test(id)) return undefined
    if (id.endsWith('/index.js')) {
      const faces = code.match(/@font-face\{[^}]*\}/g) ?? []
      if (faces.length !== 27) this.error(`27 font faces expected, ${faces.length} found`)
      return { code: code.replace(/@font-face\{[^}]*\}/g, ''), map: null }
    }
    if (!MAP.test(code)) this.error('the map is loaded in another way now')
    let made = code.replace(MAP, 'await Promise.reject(new Error("no map"))')
    for (const [english, vietnamese] of Object.entries(WORDS)) {
      if (!made.includes(english)) this.error(`not said any more: ${english}`)
      made = made.replaceAll(english, vietnamese)
    }
    return { code: made, map: null }
  },
})
