import { createApp } from 'vue'

let isShown = false

/** Says, once for each page, that a new version is there. It never reloads by itself: someone may be writing. */
export async function showNewVersion(): Promise<void> {
  if (isShown) return
  isShown = true
  const { default: NewVersion } = await import('./NewVersion.vue')
  const place = document.createElement('div')
  document.body.append(place)
  createApp(NewVersion).mount(place)
}
