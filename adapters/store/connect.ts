import mongoose, { type Connection } from 'mongoose'

/** No MongoDB answered. The message names the place without credentials, and what to check. */
class StoreUnreachable extends Error {
  readonly code = 'STORE_UNREACHABLE'
  constructor(place: string, options: ErrorOptions) {
    super(
      `No MongoDB answers at ${place}. Check that it runs, that the address and credentials are right, and that this machine may reach it.`,
      options,
    )
    this.name = 'StoreUnreachable'
  }
}

/** A start should fail while somebody is looking; the driver's own 30 s is longer than most supervisors wait. */
const SELECTION_MS = 10_000

/**
 * An open connection of its own. Writes wait for a majority and its journal, so an acknowledged one outlives a failover;
 * reads go to the primary, so a guard sees the write before it.
 * @throws StoreUnreachable
 */
export const connectMongo = async (uri: string): Promise<Connection> => {
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    serverSelectionTimeoutMS: SELECTION_MS,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    appName: 'lighthand',
  })
  try {
    return await connection.asPromise()
  } catch (cause) {
    await connection.close()
    throw new StoreUnreachable(placeOf(uri), { cause })
  }
}

/** Hosts and database of a connection string; user, password and options stay out of errors. */
export const placeOf = (uri: string): string => uri.replace(/^(mongodb(?:\+srv)?:\/\/)(?:.*@)?([^?]*).*$/s, '$1$2')
