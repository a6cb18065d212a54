import { config } from 'zod'

// zod would probe for `new Function`, which `script-src 'self'` refuses and reports. It must know before the first schema is made.
config({ jitless: true })
