import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { REQUIREMENTS } from './own-files.ts'
import { zip } from './zip.ts'

const README = `The project as it ran in your browser. To run it with uvicorn:

    python3 -m venv venv
    venv/bin/pip install -r requirements.txt
    venv/bin/uvicorn main:app

Then open http://localhost:8000/docs.
`

/** The project as a folder that runs with uvicorn, as an archive. */
export function projectZip(files: ProjectFiles, modified: Date): Uint8Array<ArrayBuffer> {
  const all = { ...files, 'requirements.txt': REQUIREMENTS, 'README.txt': README }
  return zip(
    Object.entries(all).map(([path, text]) => ({ path: `fastapi-project/${path}`, text })),
    modified,
  )
}
