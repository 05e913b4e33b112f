import { randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { KEY_BYTES, KeyringRefused, type MasterKey } from './wrap.ts'

/**
 * The playground's own master key, beside its key file as `<file>.master` (mode 0600, one line `id:base64`); made at first
 * use. Anything but the playground gets its master keys from the environment, away from what they wrap.
 * @throws KeyringRefused naming a file that holds no key; it is left as it is
 */
export const makeMasterKeyIn = (file: string): MasterKey => {
  const path = `${file}.master`
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    createOnce(path, `playground:${randomBytes(KEY_BYTES).toString('base64')}\n`)
  }
  const [id = '', key = ''] = readFileSync(path, 'utf8').trim().split(':')
  const bytes = new Uint8Array(Buffer.from(key, 'base64'))
  if (id === '' || bytes.length !== KEY_BYTES) {
    throw new KeyringRefused(
      file,
      `cannot be opened: ${path} holds no master key. Restore it; without it the playground's data cannot be read, and starting afresh means moving the data directory and both key files away.`,
    )
  }
  return { id, key: bytes }
}

/** Whole or not at all, and the first of two processes wins. */
const createOnce = (path: string, text: string): void => {
  const draft = `${path}.${randomUUID()}`
  try {
    const handle = openSync(draft, 'wx', 0o600)
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    linkSync(draft, path)
  } catch (error) {
    if (!existsSync(path)) throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
