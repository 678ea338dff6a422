/** What the page of other forms says around a form. */
export const words = {
  missing: 'Biểu mẫu này chưa có trên máy. Hãy quay lại và tải lịch khi có sóng.',
  locked: 'Máy đang khóa. Hãy quay lại và nhập mã của bạn.',
  broken: 'Không mở được biểu mẫu. Hãy quay lại rồi mở lại.',
  kept: (time: string) => `Nháp đã lưu trên máy lúc ${time}`,
  notKept: 'CHƯA lưu được nháp: máy có thể đã đầy.',
  notOffline: 'Biểu mẫu chưa tải xong để dùng khi mất mạng.',
  save: 'Lưu',
  scan: 'Quét mã QR',
  drop: 'Bỏ bản nháp này',
  dropSure: 'Chạm lần nữa để bỏ hẳn',
  faults: (n: number) => `Còn ${n} câu chưa trả lời đúng, xem các ô có chữ đỏ.`,
  full: 'CHƯA lưu được: máy đã đầy. Hãy xóa bớt ảnh hoặc ứng dụng rồi chạm Lưu lần nữa.',
  notSaved: 'CHƯA lưu được: máy báo lỗi. Hãy chạm Lưu lần nữa.',
}
