import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

export type MongoWire = {
  /** A connection string without a database name; append `/name` per test file to keep them apart. */
  uri: string
  /** Which server answers, since each has its own known gaps: 'given', 'mongod' or 'mongo-java-server'. */
  name: 'given' | 'mongod' | 'mongo-java-server'
  stop: () => Promise<void>
}

const SOURCES = path.join(import.meta.dirname, 'mongo-wire')
const CACHE = path.join(import.meta.dirname, '../../node_modules/.cache/mongo-wire')
/** Programs of the machine, not of the project's dependencies. */
const MONGOD = 'mongod'
const JAVA = 'java'
const START_MS = 20_000

const onPath = (command: string, flag: string) => spawnSync(command, [flag], { stdio: 'ignore' }).status === 0
const hasJava = () => onPath(JAVA, '-version') && onPath('mvn', '-version')

/** Resolves with the first line that `pattern` matches; rejects if the process ends before or takes too long. */
function lineFrom(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('the server has no standard output'))
    const lines = createInterface({ input: child.stdout })
    const timer = setTimeout(() => reject(new Error('the server did not start in time')), START_MS)
    lines.on('line', line => {
      const match = pattern.exec(line)
      if (!match) return
      clearTimeout(timer)
      resolve(match)
    })
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the server ended with code ${code}`)))
  })
}

async function stopChild(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

async function startMongod(): Promise<MongoWire | undefined> {
  if (!onPath(MONGOD, '--version')) return undefined
  mkdirSync(CACHE, { recursive: true })
  const data = mkdtempSync(path.join(CACHE, 'mongod-'))
  const child = spawn(MONGOD, ['--dbpath', data, '--port', '0', '--bind_ip', '127.0.0.1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const stop = async () => {
    await stopChild(child)
    rmSync(data, { recursive: true, force: true })
  }
  try {
    const [, port] = await lineFrom(child, /Waiting for connections.*"port":(\d+)/)
    return { uri: `mongodb://127.0.0.1:${port}`, name: 'mongod', stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Asks for the download's host first, since without a network the downloader itself takes minutes to give up. */
async function startDownloaded(): Promise<MongoWire | undefined> {
  try {
    await fetch('https://fastdl.mongodb.org/', { method: 'HEAD', signal: AbortSignal.timeout(3_000) })
    const { MongoMemoryServer } = await import('mongodb-memory-server-core')
    const starting = MongoMemoryServer.create()
    const timeout = new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), START_MS).unref())
    const server = await Promise.race([starting, timeout])
    if (!server) {
      starting.then(late => late.stop()).catch(() => {})
      return undefined
    }
    const stop = async () => {
      await server.stop()
    }
    return { uri: server.getUri().replace(/\/$/, ''), name: 'mongod', stop }
  } catch {
    return undefined
  }
}

/** Builds the Java server once for each version of its sources; the result is put in place in one step. */
async function builtJavaServer(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of ['pom.xml', 'src/MongoWire.java']) hash.update(readFileSync(path.join(SOURCES, source)))
  const built = path.join(CACHE, hash.digest('hex').slice(0, 16))
  if (existsSync(built)) return built
  mkdirSync(CACHE, { recursive: true })
  const work = mkdtempSync(path.join(CACHE, 'build-'))
  const maven = [
    '-q',
    '-B',
    `-Dcache=${work}`,
    'compile',
    'dependency:copy-dependencies',
    `-DoutputDirectory=${work}/lib`,
  ]
  await promisify(execFile)('mvn', maven, { cwd: SOURCES })
  try {
    renameSync(work, built)
  } catch (error) {
    rmSync(work, { recursive: true, force: true })
    if (!existsSync(built)) throw error
  }
  return built
}

async function startJava(): Promise<MongoWire | undefined> {
  if (!hasJava()) return undefined
  const built = await builtJavaServer()
  const flags = ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', `${built}/classes${path.delimiter}${built}/lib/*`]
  const child = spawn(JAVA, [...flags, 'MongoWire'], { stdio: ['pipe', 'pipe', 'ignore'] })
  try {
    const [, port] = await lineFrom(child, /^port (\d+)$/)
    return { uri: `mongodb://127.0.0.1:${port}`, name: 'mongo-java-server', stop: () => stopChild(child) }
  } catch (error) {
    await stopChild(child)
    throw error
  }
}

/**
 * A server of MongoDB's wire protocol for tests: MONGODB_TEST_URI, else a mongod on PATH, else the download of
 * mongodb-memory-server-core, else mongo-java-server built by Maven. Start it once a test file. Without any of them:
 * undefined and one loud line, or an error with REQUIRE_MONGO=1.
 */
export async function startMongoWire(): Promise<MongoWire | undefined> {
  const { MONGODB_TEST_URI: given, REQUIRE_MONGO: required } = process.env
  if (given) return { uri: given.replace(/\/$/, ''), name: 'given', stop: async () => {} }
  const mongod = await startMongod()
  if (mongod) return mongod
  // Where a server is required and Java can give one for sure, no time is spent on a download that may be slow.
  const skipDownload = required === '1' && hasJava()
  const found = (skipDownload ? undefined : await startDownloaded()) ?? (await startJava())
  if (found) return found
  const message =
    'NO MONGODB: set MONGODB_TEST_URI, or put mongod, or java and mvn, on PATH to test against the wire protocol'
  if (required === '1') throw new Error(message)
  console.warn(`*** ${message}. Those tests are skipped. ***`)
  return undefined
}
