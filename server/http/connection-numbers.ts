import type { Server } from 'node:http'

/** What `/metrics` reports about this process's connections. */
export const connectionNumbers = { open: 0, slowReadersClosed: 0, dropped: 0 }

/** Counts a server's connections from now on. */
export function watchConnections(server: Server): void {
  server.on('connection', (socket) => {
    connectionNumbers.open += 1
    socket.once('close', () => (connectionNumbers.open -= 1))
  })
  server.on('drop', () => (connectionNumbers.dropped += 1))
}

/** Called for each connection that was closed because its client read too slowly. */
export function countSlowReader(): void {
  connectionNumbers.slowReadersClosed += 1
}
