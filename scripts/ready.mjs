/** The health check of the container: exits with 0 if the server at `PORT` of this machine takes requests. */
const address = `http://127.0.0.1:${process.env.PORT ?? 8000}/readyz`
const isReady = await fetch(address).then(
  ({ ok }) => ok,
  () => false,
)
process.exit(isReady ? 0 : 1)
