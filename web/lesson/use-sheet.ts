import { computed, nextTick, onMounted, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

const HASH = '#playground'

/**
 * Where text and playground don't fit side by side, the playground is a sheet over the text, so the place in the text is kept. The
 * sheet is an entry of the browser's history: Back closes it.
 * @param panel the playground; it gets the focus, and what had it before gets it back
 */
export function useSheet(panel: Readonly<Ref<HTMLElement | null>>) {
  const route = useRoute()
  const router = useRouter()
  const narrow = shallowRef(false)
  const open = computed(() => narrow.value && route.hash === HASH)
  let opener: HTMLElement | null = null

  /** @param from what gets the focus back; by default what has it now */
  function show(from: Element | null = document.activeElement): void {
    const isInside = panel.value?.contains(from) ?? false
    if (!isInside && from instanceof HTMLElement) opener = from
    if (narrow.value && !open.value) void router.push({ query: route.query, hash: HASH })
    else if (!isInside) panel.value?.focus({ preventScroll: true })
  }

  function hide(): void {
    const { back } = history.state as { back?: string | null }
    if (!open.value) returnFocus()
    else if (back?.startsWith(route.path)) router.back()
    else void router.replace({ query: route.query })
  }

  /** A dialog over the sheet, and a field that uses the key itself, come first. */
  function escape(event: KeyboardEvent): void {
    const isInDialog = event.target instanceof Element && event.target.closest('dialog') !== null
    if (open.value && !event.defaultPrevented && !isInDialog) hide()
  }

  function toggle(): void {
    if (panel.value?.contains(document.activeElement) || open.value) hide()
    else show()
  }

  function returnFocus(): void {
    const target = opener?.isConnected ? opener : document.getElementById('main')
    target?.focus({ preventScroll: true })
    opener = null
  }

  /** The rest of the page neither scrolls nor takes the focus while the sheet covers it. */
  function cover(covered: boolean): void {
    document.documentElement.classList.toggle('is-covered', covered)
    for (const other of document.querySelectorAll<HTMLElement>(
      '#app > :not(main), .lesson > :not(.playground-panel, .hint)',
    ))
      other.inert = covered
  }

  watch(open, async (isOpen) => {
    await nextTick()
    if (isOpen) panel.value?.focus({ preventScroll: true })
    cover(isOpen)
    if (!isOpen) returnFocus()
  })
  onMounted(() => {
    const query = matchMedia('(width < 64rem) and (scripting: enabled)')
    const follow = (): void => void (narrow.value = query.matches)
    follow()
    query.addEventListener('change', follow)
    onScopeDispose(() => query.removeEventListener('change', follow))
  })
  onScopeDispose(() => cover(false))

  return { narrow, open, show, hide, escape, toggle }
}
