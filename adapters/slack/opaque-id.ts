import { createHash } from 'node:crypto'

/** This app's own namespace (a random UUID), so that no other's names give the same ids. */
const NAMESPACE = Buffer.from('5c0e7b6a2f9d4b1c8a37e6d20f4b91ce', 'hex')

/** UUIDv5 of a message's key (RFC 9562, 5.5): the same key gives the same id for ever, and the id tells nothing of the key. */
export const opaqueId = (key: string): string => {
  const hash = createHash('sha1').update(NAMESPACE).update(key).digest().subarray(0, 16)
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
