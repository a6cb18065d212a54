import { onScopeDispose, shallowRef, type Ref } from 'vue'

/**
 * Dragging an item of a list to another place, by mouse, pen or finger.
 * @param list its children are the items
 * @param move called each time the item that is dragged passes another one
 */
export function useDragging(
  list: Readonly<Ref<HTMLElement | null>>,
  move: (from: number, to: number) => void,
) {
  /** The place of the item that is being dragged, or null. */
  const dragged = shallowRef<number | null>(null)
  let dropped: AbortController | null = null

  function grab(event: PointerEvent, place: number): void {
    if (event.button !== 0) return
    event.preventDefault()
    drop()
    dropped = new AbortController()
    const { signal } = dropped
    dragged.value = place
    addEventListener('pointermove', follow, { signal })
    addEventListener('pointerup', drop, { signal })
    addEventListener('pointercancel', drop, { signal })
  }

  function follow({ clientY }: PointerEvent): void {
    const from = dragged.value
    if (from === null) return
    const items = [...(list.value?.children ?? [])].map((item) => item.getBoundingClientRect())
    const above = items[from - 1]
    const below = items[from + 1]
    const to =
      above && clientY < above.top + above.height / 2
        ? from - 1
        : below && clientY > below.top + below.height / 2
          ? from + 1
          : from
    if (to === from) return
    move(from, to)
    dragged.value = to
  }

  function drop(): void {
    dropped?.abort()
    dragged.value = null
  }

  onScopeDispose(drop)
  return { dragged, grab }
}
