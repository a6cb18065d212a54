/**
 * Copies a text to the clipboard. `navigator.clipboard` exists on HTTPS and localhost alone, and may be refused there too;
 * the older command needs only that a person has just pressed something.
 * @returns whether it was copied
 */
export async function copyText(text: string): Promise<boolean> {
  // Called before anything is awaited: browsers allow it only for a moment after a key or a click.
  const clipboard = navigator.clipboard as Clipboard | undefined
  const copied = await clipboard?.writeText(text).then(
    () => true,
    () => false,
  )
  return copied === true || copyBySelection(text)
}

/** Selects the text in a field that isn't visible and copies the selection. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'visually-hidden'
  // Outside of an open modal dialog nothing can have the focus.
  const parent = focused?.closest('dialog') ?? document.body
  parent.append(field)
  field.focus({ preventScroll: true })
  field.select()
  // The field's own value has other line breaks and spaces.
  field.addEventListener('copy', (event) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  })
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  }
}
