/** Speaks at the counter: in Vietnamese, or in English when it was chosen. */
import { learn, t as said, speakBy } from '../../texts'
import { vi } from './vi'

export type Key = keyof typeof vi

export const t = said as (key: Key, values?: Record<string, string | number>) => string

learn(vi)

export async function choose(language: 'vi' | 'en'): Promise<void> {
  speakBy(language === 'en' ? (await import('./en')).texts : vi, language)
}
