import { closeSync, openSync, readSync } from 'node:fs'

/** Checksum of SQLite's WAL format, section 4.2 of https://www.sqlite.org/fileformat2.html */
function checksum(bytes: Buffer, littleEndian: boolean, seed: readonly [number, number]): [number, number] {
  let [s0, s1] = seed
  for (let i = 0; i + 8 <= bytes.length; i += 8) {
    s0 = (s0 + (littleEndian ? bytes.readUInt32LE(i) : bytes.readUInt32BE(i)) + s1) >>> 0
    s1 = (s1 + (littleEndian ? bytes.readUInt32LE(i + 4) : bytes.readUInt32BE(i + 4)) + s0) >>> 0
  }
  return [s0, s1]
}

const sumAt = (bytes: Buffer, at: number): [number, number] => [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]
const same = (a: readonly [number, number], b: readonly [number, number]) => a[0] === b[0] && a[1] === b[1]

/**
 * Whether a write-ahead log has lost what was once synced. SQLite itself reads up to the first bad frame and drops the
 * rest in silence, which is right for the torn end of a crash and wrong for damage in the middle. Each transaction is
 * synced before the next is written, so a whole later transaction behind a bad frame proves damage.
 * Returns a reason, or undefined when the log is sound, empty or merely torn at its end.
 */
export function walDamage(file: string): string | undefined {
  const fd = openSync(file, 'r')
  try {
    const header = Buffer.alloc(32)
    if (readSync(fd, header, 0, 32, 0) < 32) return undefined
    const magic = header.readUInt32BE(0)
    if ((magic & ~1) >>> 0 !== 0x377f0682) return 'its header is not a log header'
    const little = (magic & 1) === 0
    let sum = checksum(header.subarray(0, 24), little, [0, 0])
    if (!same(sum, sumAt(header, 24))) return 'its header fails its checksum'
    const page = header.readUInt32BE(8)
    const frame = Buffer.alloc(24 + page)
    let broken = false
    let commitsAfter = 0
    for (let at = 32; readSync(fd, frame, 0, frame.length, at) === frame.length; at += frame.length) {
      const current = frame.subarray(8, 16).equals(header.subarray(16, 24))
      const expected = checksum(frame.subarray(24), little, checksum(frame.subarray(0, 8), little, sum))
      const stored = sumAt(frame, 16)
      if (!current) {
        // Frames of an earlier round of the log follow its end; a damaged salt amid the current round looks the same.
        broken = true
      } else if (!same(expected, stored)) {
        broken = true
      } else if (broken && frame.readUInt32BE(4) !== 0) commitsAfter++
      sum = stored
    }
    // One commit may be the torn transaction's own last frame; a second one cannot.
    return commitsAfter >= 2 ? 'frames in its middle fail their checksums' : undefined
  } finally {
    closeSync(fd)
  }
}
