/** How files of each kind begin; a `.` stands for any byte. */
const BEGINNINGS: [extensions: string[], name: string, beginning: RegExp][] = [
  [['.png'], 'a PNG', /^\x89PNG\r\n/],
  [['.jpg', '.jpeg'], 'a JPEG', /^\xff\xd8\xff/],
  [['.gif'], 'a GIF', /^GIF8[79]a/],
  [['.webp'], 'a WebP', /^RIFF.{4}WEBP/s],
  [['.avif'], 'an AVIF', /^.{4}ftypavi[fs]/s],
  [['.svg'], 'an SVG', /<svg[\s>]/],
]

/** What an SVG can do beyond being looked at. Pages show it as a picture, in which none of it works, but its address can be opened, too. */
const ACTIVE = /<script|\son\w+\s*=|(href|src)\s*=\s*["']?\s*javascript:/i

/** Why the content of a file isn't a picture of the kind that its name promises; null when it is. @param extension such as `.png` */
export function pictureFault(bytes: Buffer, extension: string): string | null {
  const text = bytes.toString(extension === '.svg' ? 'utf8' : 'latin1')
  const [, name, beginning] = BEGINNINGS.find(([extensions]) => extensions.includes(extension))!
  if (!beginning.test(text)) {
    const actual = BEGINNINGS.find(([, , other]) => other.test(text))
    return `this is not ${name} file${actual === undefined ? '; save the picture again' : `, but ${actual[1]} file: name it *${actual[0][0]}`}`
  }
  if (extension === '.svg' && ACTIVE.test(text))
    return 'this SVG has a script in it; save it as a plain picture'
  return null
}
