// Run by the tests as a process of its own: writes without pause and prints each id once its write was acknowledged.
// argv: data file, prefix of the ids, 'write' or 'hold'. It imports the built engine, since it runs without a loader.
import { openEmbedded } from '../../../dist/adapters/store/embedded/open.js'

const [file, prefix, mode] = process.argv.slice(2)
const store = openEmbedded({ file })
const collection = store.connection.collection('writes')
await collection.createIndex({ group: 1, at: 1 })
// One synchronous write to a pipe is whole or absent: what was printed had been acknowledged.
process.stdout.write('ready\n')
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))

if (mode === 'write') {
  for (let i = 0; ; i += 4) {
    const ids = [0, 1, 2, 3].map(k => `${prefix}-${i + k}`)
    const insert = id => collection.insertOne({ _id: id, group: prefix, at: i, text: 'x'.repeat(300) })
    await Promise.all(ids.map(id => insert(id).then(() => process.stdout.write(`${id}\n`))))
    await collection.updateOne(
      { _id: `${prefix}-total` },
      { $set: { group: prefix }, $inc: { n: 4 } },
      { upsert: true },
    )
    process.stdout.write(`total ${i + 4}\n`)
  }
}
