// The only module that touches IndexedDB: browsers lack it, deny it, run out of space, and close it under an open page.

const NAME = 'viva-study'
const STORE = 'events'

/** What is done to the stored events at once: all of it or nothing. */
export interface Change {
  put: readonly { id: string }[]
  /** Ids. */
  remove: readonly string[]
}

let connection: Promise<IDBDatabase> | null = null

/** Every stored event, whatever it has besides its id. @throws where the browser stores nothing */
export async function readEvents(): Promise<{ id: unknown }[]> {
  const store = (await connect()).transaction(STORE).objectStore(STORE)
  return resultOf(store.getAll())
}

/** @throws when nothing was changed: storage is denied, missing or full */
export async function changeEvents({ put, remove }: Change): Promise<void> {
  await write((store) => {
    for (const event of put) store.put(event)
    for (const id of remove) store.delete(id)
  })
}

/** @throws when the events are still there */
export async function clearEvents(): Promise<void> {
  await write((store) => store.clear())
}

async function write(change: (store: IDBObjectStore) => void): Promise<void> {
  const transaction = (await connect()).transaction(STORE, 'readwrite')
  const finished = new Promise<void>((done, fail) => {
    transaction.oncomplete = () => done()
    transaction.onabort = () => fail(transaction.error ?? new Error('the browser refused to store it'))
  })
  try {
    change(transaction.objectStore(STORE))
  } catch (error) {
    finished.catch(() => undefined)
    transaction.abort()
    throw error
  }
  await finished
}

function connect(): Promise<IDBDatabase> {
  connection ??= openDatabase()
  connection.catch(() => (connection = null))
  return connection
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' })
  const database = await resultOf(request)
  const forget = (): void => {
    connection = null
  }
  // The user cleared this site's data, or another tab deletes or upgrades the database.
  database.onclose = forget
  database.onversionchange = () => {
    database.close()
    forget()
  }
  return database
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error ?? new Error('IndexedDB failed'))
  })
}
