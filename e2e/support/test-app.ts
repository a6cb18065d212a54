import { onTestFinished } from 'vitest'
import { spawnApp, startApp, type App, type StartOptions } from './app.ts'
import { Instances } from './instances.ts'

/** The app for one test; ended and cleaned up after it. */
export async function testApp(options: StartOptions = {}): Promise<App> {
  const app = await startApp(options)
  onTestFinished(() => app.remove())
  return app
}

/** The same for an app that may refuse to start. */
export async function testStarter(options: StartOptions = {}): Promise<App> {
  const app = await spawnApp(options)
  onTestFinished(() => app.remove())
  return app
}

/** Two instances on one database for one test. */
export async function testInstances(): Promise<Instances> {
  const instances = await Instances.two()
  onTestFinished(() => instances.close())
  return instances
}
