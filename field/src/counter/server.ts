/** Speaks with the server: /api/counter/v1/. */
import { lineTo } from '../line'
import type { Envelope } from './sync'
import type { Answer } from './till'

export interface Enrolled {
  token: string
  counter: { id: string; name: string }
  enterprise: string
  now: string
}

const { post } = lineTo('/api/counter/v1/')

export async function enroll(code: string, name: string): Promise<Enrolled> {
  return (await post('enroll', { code, name })).json()
}

export async function sync(envelope: Envelope, token: string): Promise<Answer> {
  return (await post('sync', envelope, token)).json()
}
