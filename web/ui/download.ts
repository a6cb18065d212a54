/**
 * Saves a text, or bytes, as a file on the user's computer.
 * @param name of the file, with its extension
 * @param type its media type
 */
export function download(name: string, type: string, text: string | Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
