/** Event streams that are open now, for `/metrics`: who opens one adds to it, and takes it back when it closes. */
export const eventStreams = { open: 0 }
