/**
 * The language, and what Pyodide needs while it runs. Everything else that a worker has is a way out of it: to the network, to what the
 * browser stores, to the page.
 */
const KEPT = new Set([
  ...[
    'Object',
    'Function',
    'Array',
    'Number',
    'Boolean',
    'String',
    'Symbol',
    'BigInt',
    'Math',
    'Date',
    'JSON',
  ],
  ...['Infinity', 'NaN', 'undefined', 'parseFloat', 'parseInt', 'isFinite', 'isNaN'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError'],
  ...['URIError', 'SuppressedError', 'DOMException', 'Promise', 'RegExp', 'Proxy', 'Reflect', 'Intl'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'Iterator'],
  ...['ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array'],
  ...['BigUint64Array', 'Atomics', 'WebAssembly', 'globalThis', 'self'],
  ...[
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'queueMicrotask',
    'performance',
    'console',
  ],
  ...['crypto', 'TextDecoder', 'TextEncoder', 'MessageChannel', 'MessagePort', 'Event', 'EventTarget'],
  ...['AbortController', 'AbortSignal', 'structuredClone', 'constructor'],
])

/**
 * Takes from this worker everything that isn't named above, for good. It is called before any code of a learner runs; from then on only
 * who holds the port can talk to the page.
 * @returns the names of what could not be removed
 */
export function seal(): string[] {
  const left: string[] = []
  for (
    let owner: object = globalThis;
    owner !== Object.prototype;
    owner = Object.getPrototypeOf(owner) as object
  ) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (KEPT.has(name) || remove(owner, name)) continue
      // Constants of old interfaces can't be removed, and lead nowhere.
      if (Reflect.get(owner, name) === Object(Reflect.get(owner, name))) left.push(name)
    }
  }
  return left
}

function remove(owner: object, name: string): boolean {
  try {
    if (Reflect.deleteProperty(owner, name)) return true
    return Reflect.defineProperty(owner, name, { value: undefined, writable: false, configurable: false })
  } catch {
    return false
  }
}
