/** What the screens show, in one place, and what they may ask for. */

import { Refused } from '../line'
import {
  anchorFrom,
  type Clock,
  campaignNow,
  isoWithOffset,
  type KeptAnchor,
  localDay,
  pageClock,
} from '../outbox/clock'
import type { Meta } from '../outbox/database'
import { Forms } from '../outbox/forms'
import { type Counts, Outbox } from '../outbox/outbox'
import { type PhotoRow, type PhotoSaid, photoIsPending } from '../outbox/photo_rules'
import { Photos } from '../outbox/photos'
import type { Account, Draft, Row } from '../outbox/rules'
import type { Outcome } from '../outbox/sync'
import { Locked } from '../outbox/vault'
import type { Answers } from '../outbox/xml'
import { type Day, fetchDay, fetchForm, photoLine, relay, sync } from '../server'
import { speak } from '../texts'
import { Courier } from './courier'
import { Release } from './release'
import { enter, type Failure, protect, unlock } from './signing'

export const APP = '2026.1'
const NOTHING: Counts = { kept: 0, unsent: 0, received: 0, returned: 0 }
const MINUTE_MS = 60_000
const CHANNEL = 'raquan-field'
const PLAIN: Meta['settings'] = { scale: 100, contrast: false, language: 'vi' }

export class Model {
  account: Account | null = null
  accounts: Account[] = []
  unsentOf = new Map<string, number>()
  day: Day | null = null
  counts = NOTHING
  records: Row[] = []
  drafts: Draft[] = []
  photos: PhotoRow[] = []
  formDrafts: string[] = []
  /** The current person's records wait for the code: they are counted, and nothing of them is shown. */
  locked = false
  anchor: KeptAnchor | null = null
  lastSentMs: number | null = null
  outcome: Outcome | null = null
  settings = PLAIN
  online = navigator.onLine
  /** A form holds answers that are not saved as a record: no update may take the page away. */
  dirty = false
  /** Whether the browser keeps what is stored here when the phone is full; null until it has said so. */
  isKept: boolean | null = null

  readonly clock: Clock = pageClock()
  readonly outbox = new Outbox(this.clock)
  readonly album = new Photos(this.outbox)
  readonly forms = new Forms(this.outbox, this.album)
  readonly release = new Release(() => this.#tell())
  readonly courier = new Courier(
    this.outbox,
    sync,
    relay,
    APP,
    (outcome) => {
      this.outcome = outcome
      void this.refresh(outcome !== null)
    },
    async (account) => {
      await this.refresh() // what the server has signed for is told at once: photos may take minutes
      await this.#askDay(account)
      await this.#askForms(account)
      // Small first: records, then the day, then photos.
      return this.album.flush(account, photoLine)
    },
  )
  #listeners = new Set<() => void>()
  #channel = new BroadcastChannel(CHANNEL)

  async start(): Promise<void> {
    const { database } = this.outbox
    this.settings = { ...PLAIN, ...(await database.meta('settings')) }
    await this.#show(this.settings)
    await this.refresh(false)
    for (const { clientId } of this.accounts) await this.outbox.sealRest(clientId) // a sealing may have been cut off
    this.#watchLocks()
    this.#channel.onmessage = () => this.refresh(false)
    for (const name of ['online', 'offline']) {
      addEventListener(name, () => {
        this.online = navigator.onLine
        this.#tell()
      })
    }
    this.courier.start()
    void this.release.start(() => this.dirty)
    void this.#askToStay()
  }

  /** What is recorded and not sent is on this phone alone, and the browser may clear it away when the phone is full. */
  get isAtRisk(): boolean {
    return this.isKept === false && this.counts.unsent > 0
  }

  async #askToStay(): Promise<void> {
    const { storage } = navigator
    this.isKept = (await storage?.persisted?.()) || (await storage?.persist?.()) || false
    this.#tell()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Read all that is shown anew; `spread` tells the other windows too. */
  async refresh(spread = true): Promise<void> {
    try {
      await this.#read()
    } catch (error) {
      if (!(error instanceof Locked)) throw error
      await this.#read() // it was locked in this moment
    }
    this.#tell()
    if (spread) this.#channel.postMessage('changed')
  }

  async #read(): Promise<void> {
    const { outbox } = this
    const { database, vault } = outbox
    await vault.load()
    this.accounts = await outbox.accounts()
    const current = await database.meta('current')
    this.account = this.accounts.find((one) => one.clientId === current) ?? this.accounts[0] ?? null
    this.locked = this.account !== null && !vault.isOpen(this.account)
    for (const one of this.accounts) if (!vault.isOpen(one)) outbox.forget(one.clientId)
    for (const { clientId } of this.accounts) this.unsentOf.set(clientId, (await outbox.counts(clientId)).unsent)
    const owner = this.account?.clientId
    this.day = owner ? (((await database.read((db) => db.get('days', owner)))?.day as Day) ?? null) : null
    this.counts = owner ? await outbox.counts(owner) : NOTHING
    const open = this.locked ? undefined : owner
    this.records = open ? await outbox.records(open) : []
    this.drafts = open ? await outbox.drafts(open) : []
    this.formDrafts = open ? await this.forms.places(open) : []
    this.photos = owner ? await this.album.list(owner) : []
    this.anchor = (await database.meta('anchor')) ?? null
    this.lastSentMs = (await database.meta('lastSentMs')) ?? null
  }

  /** What was last answered: the next person begins with it. */
  get last(): Partial<Answers> {
    const { outing, ...rest } = this.records.find((row) => !row.form)?.answers ?? {}
    return rest
  }

  /** The campaign's date, as well as it can be known here. */
  today(): string {
    return localDay(campaignNow(this.clock, this.anchor))
  }

  /** Let a person in by a code, and show what is theirs. */
  async signIn(code: string, label: string): Promise<Failure | null> {
    const entry = await enter(this.outbox, code, label)
    if ('failure' in entry) return entry.failure
    await this.switchTo(entry.clientId)
    void this.courier.go()
    return null
  }

  /** Take the current person's code: to open what is locked, or to lock what no code locks yet. */
  async takeCode(code: string): Promise<Failure | null> {
    if (!this.account) return null
    const entry = await (this.account.lock ? unlock : protect)(this.outbox, this.account, code)
    if ('failure' in entry) return entry.failure
    await this.switchTo(entry.clientId)
    void this.courier.go()
    return null
  }

  async lock(clientId: string): Promise<void> {
    await this.outbox.lock(clientId)
    await this.refresh()
  }

  isOpen(account: Account): boolean {
    return this.outbox.vault.isOpen(account)
  }

  /** Count the hours of the open key from each touch, and draw the locked screen when they are over. */
  #watchLocks(): void {
    const { vault } = this.outbox
    const used = () => this.account && void vault.touch(this.account.clientId)
    for (const name of ['pointerdown', 'keydown']) addEventListener(name, used, { passive: true })
    setInterval(async () => {
      await vault.load()
      if (this.account && !this.locked && !vault.isOpen(this.account)) await this.refresh(false)
    }, MINUTE_MS)
  }

  async switchTo(clientId: string): Promise<void> {
    await this.outbox.database.setMeta('current', clientId)
    await this.refresh()
  }

  async #askDay(account: Account): Promise<void> {
    const owner = account.clientId
    const { database } = this.outbox
    const known = await database.read((db) => db.get('days', owner))
    const askedAt = this.clock.mono()
    try {
      const { day, etag, serverTime } = await fetchDay(await this.outbox.vault.serverKey(account), known?.etag ?? null)
      const server = serverTime ?? day?.server_time
      if (server) {
        await database.setMeta('anchor', anchorFrom(this.clock, server, askedAt))
        await this.album.forget(owner, server)
      }
      if (!day) return
      await database.write(async (tx) => {
        await tx.objectStore('days').put({ owner, etag, day })
      })
      await this.outbox.learnKeys(owner, day.receipt_key, day.bundle_key)
    } catch (error) {
      if (!(error instanceof Refused)) return // no line: the day of before stays
      if (error.status === 401) await this.outbox.bar(owner, error.reason)
    }
  }

  /** Fetch the other forms of the day that are not on the phone yet. */
  async #askForms(account: Account): Promise<void> {
    const { clientId } = account
    const day = (await this.outbox.database.read((db) => db.get('days', clientId)))?.day as Day | undefined
    for (const form of day?.forms ?? []) {
      const kept = await this.forms.kept(form.id, form.version)
      if (kept?.md5 === form.md5) continue
      // Without a line, or when it is not offered any more, the next run asks again.
      const xml = await fetchForm(await this.outbox.vault.serverKey(account), form.id).catch(() => null)
      if (xml) await this.forms.keep({ ...form, xml })
    }
  }

  async save(draft: Draft, answers: Answers): Promise<Row> {
    if (!this.day?.form) throw new Error('no form on this phone')
    const row = await this.outbox.save(draft, answers, this.day.form)
    await this.refresh()
    void this.courier.go()
    return row
  }

  photosOf(record: string): PhotoRow[] {
    return this.photos.filter((photo) => photo.record === record)
  }

  /** How many photos wait to be sent. */
  photosDue(): number {
    return this.photos.filter(photoIsPending).length
  }

  async addPhoto(record: string, bytes: Uint8Array<ArrayBuffer>, said: PhotoSaid): Promise<void> {
    if (!this.account) throw new Error('nobody has signed in')
    await this.album.add(this.account.clientId, record, bytes, said, isoWithOffset(this.clock.wall()))
    await this.refresh()
    void this.courier.go()
  }

  async change(settings: Partial<Meta['settings']>): Promise<void> {
    this.settings = { ...this.settings, ...settings }
    await this.#show(this.settings)
    await this.outbox.database.setMeta('settings', this.settings)
    this.#tell()
  }

  async #show({ scale, contrast, language }: Meta['settings']): Promise<void> {
    const { dataset, style } = document.documentElement
    style.fontSize = `${scale}%`
    dataset.contrast = contrast ? 'high' : 'normal'
    await speak(language)
  }
}
