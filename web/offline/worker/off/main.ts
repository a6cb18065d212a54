import { remove } from '../remove.ts'
import type { WorkerScope } from '../scope.ts'

// Takes the place of the worker where the operator has switched it off. Browsers look for a new worker with each page they open,
// whatever the old one does, so it comes to an end even if it is broken.
const scope = self as unknown as WorkerScope

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))

scope.addEventListener('activate', (event) => event.waitUntil(remove(scope)))
