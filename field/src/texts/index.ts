/** Speaks the person's language: one file a language, Vietnamese for what is not yet said in it. */
import type { behind } from './behind'
import { vi } from './vi'

export type Key = keyof typeof vi
type Texts = { [key in Key | keyof typeof behind]: string }

/** Files beside this one, by their name; Vietnamese is part of the app, the others are fetched when chosen. */
const others = import.meta.glob<{ texts: Partial<Texts> }>(['./*.ts', '!./vi.ts', '!./behind.ts', '!./index.ts'])

const vietnamese: Partial<Texts> = { ...vi }
let spoken = vietnamese

/** Take in what a screen says that was fetched later. */
export function learn(texts: Readonly<Record<string, string>>): void {
  Object.assign(vietnamese, texts)
}

export async function speak(language: string): Promise<void> {
  const load = others[`./${language}.ts`]
  speakBy(load ? (await load()).texts : vietnamese, load ? language : 'vi')
}

/** Speak by given texts; what they lack is said in Vietnamese. */
export function speakBy(texts: Partial<Texts>, language: string): void {
  spoken = texts
  document.documentElement.lang = language
}

export function t(key: Key, values: Record<string, string | number> = {}): string {
  return (spoken[key] ?? vietnamese[key] ?? key).replace(/\{(\w+)\}/g, (_whole, name: string) =>
    String(values[name] ?? ''),
  )
}

const two = (n: number) => String(n).padStart(2, '0')

/** 08:40 today, 05/10 08:40 on another day. */
export function moment(ms: number, now = Date.now()): string {
  const at = new Date(ms)
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`
  const sameDay = new Date(now).toDateString() === at.toDateString()
  return sameDay ? time : `${two(at.getDate())}/${two(at.getMonth() + 1)} ${time}`
}

/** 2023-10-05 as people write it: 05/10/2023. */
export const day = (iso: string) => iso.slice(0, 10).split('-').reverse().join('/')

/** Fold Vietnamese for searching: "dang ky" finds "Đăng ký". */
export const folded = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().trim()
