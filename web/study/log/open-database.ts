// The only module that touches IndexedDB: browsers lack it, deny it, run out of space, and close it under an open page.

/** A database with one object store. */
export interface ObjectStore {
  /**
   * Reads in one transaction, which ends when no request is left.
   * @throws where the browser stores nothing
   */
  read: <T>(ask: (store: IDBObjectStore) => Promise<T>) => Promise<T>
  /** Does all of it or nothing. @throws when nothing was changed: storage is denied, missing or full */
  write: (change: (store: IDBObjectStore) => void) => Promise<void>
}

/** Opens a database when it is first used, and again after the browser has closed it. */
export function objectStore(name: string, store: string, options?: IDBObjectStoreParameters): ObjectStore {
  let connection: Promise<IDBDatabase> | null = null

  function connect(): Promise<IDBDatabase> {
    connection ??= open()
    connection.catch(() => (connection = null))
    return connection
  }

  async function open(): Promise<IDBDatabase> {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store, options)
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

  return {
    async read(ask) {
      return ask((await connect()).transaction(store).objectStore(store))
    },
    async write(change) {
      const transaction = (await connect()).transaction(store, 'readwrite')
      const finished = new Promise<void>((done, fail) => {
        transaction.oncomplete = () => done()
        transaction.onabort = () => fail(transaction.error ?? new Error('the browser refused to store it'))
      })
      try {
        change(transaction.objectStore(store))
      } catch (error) {
        finished.catch(() => undefined)
        transaction.abort()
        throw error
      }
      await finished
    },
  }
}

/** What a request results in. @throws when it fails */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error ?? new Error('IndexedDB failed'))
  })
}
