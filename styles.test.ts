import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import postcss, { type AtRule, type Container, type Rule } from 'postcss'
import { expect, test } from 'vitest'
import { parse, type SFCTemplateBlock } from 'vue/compiler-sfc'

const root = import.meta.dirname

type TemplateNode = NonNullable<SFCTemplateBlock['ast']>['children'][number]
type ElementNode = Extract<TemplateNode, { tag: string }>

/** Where a stylesheet comes from, and its rules. */
interface Sheet {
  file: string
  /** Scoped to one component, by the `scoped` of its `<style>`. */
  scoped: boolean
  styles: postcss.Root
}

const sheets: Sheet[] = readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(css|vue)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .sort()
  .flatMap((file) => sheetsOf(file, readFileSync(join(root, file), 'utf8')))

/** The classes that a stylesheet declares for every component. What is in a query only adapts classes of others. */
const sharedClasses = new Set(
  sheets
    .filter(({ scoped }) => !scoped)
    .flatMap(({ styles }) => selectorsOf(styles))
    .filter(({ rule }) => rule.parent?.type === 'root')
    .flatMap(({ selector }) => /^\.([\w-]+)$/.exec(selector)?.[1] ?? []),
)

const components = sheets.filter(({ scoped }) => scoped)
/** The template of each component, as a tree. */
const trees = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.vue'))
  .flatMap((name) => {
    const file = join('web', name)
    const tree = parse(readFileSync(join(root, file), 'utf8'), { filename: file }).descriptor.template?.ast
    return tree === undefined ? [] : [{ file, tree }]
  })

/** All code that writes classes: components, and what renders lessons. */
const code = ['web', 'deck']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => /\.(vue|ts)$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(root, file), 'utf8').replace(/<style[\s\S]*/, ''))
  .join('\n')

test('there is something to check', () => {
  expect(components.length).toBeGreaterThan(60)
  expect([...sharedClasses]).toEqual(expect.arrayContaining(['muted', 'button', 'http-method']))
})

test('no rule is declared in two places', () => {
  const places = new Map<string, Set<string>>()
  for (const { file, styles } of sheets) {
    for (const { selector, rule } of selectorsOf(styles)) {
      const key = `${contextOf(rule)}${selector} { ${declarationsOf(rule).join('; ')} }`
      places.set(key, (places.get(key) ?? new Set()).add(file))
    }
  }
  // The name of an area belongs to the grid of its own component.
  const isPlacement = (key: string) => /\{ grid-area: [\w-]+ \}$/.test(key)
  const twice = [...places].filter(([key, files]) => files.size > 1 && !isPlacement(key))
  expect(twice.map(([key, files]) => `${key} in ${[...files].join(', ')}`)).toEqual([])
})

test('no component declares a shared class again', () => {
  const again = components.flatMap(({ file, styles }) =>
    selectorsOf(styles)
      .filter(({ selector }) =>
        sharedClasses.has(/^\.([\w-]+)(::?[\w-]+.*|\[.*\])?$/.exec(selector)?.[1] ?? ''),
      )
      .map(({ selector }) => `${file}: ${selector}`),
  )
  expect(again).toEqual([])
})

test('every shared class is used, and the list at the top of shared.css names each of its own', () => {
  const unused = [...sharedClasses].filter(
    // Built from the names of Shiki's variables.
    (name) => !name.startsWith('tok-') && !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(code),
  )
  expect(unused).toEqual([])

  const shared = sheets.find(({ file }) => file.endsWith('/shared.css'))?.styles ?? postcss.root()
  const listed = (shared.first?.toString() ?? '').matchAll(/^ \* [A-Z][a-z]+: (.*?)(?:;.*)?$/gm)
  const names = selectorsOf(shared).flatMap(({ selector }) => /^\.([\w-]+)$/.exec(selector)?.[1] ?? [])
  expect([...listed].flatMap(([, line = '']) => line.split(', ')).sort()).toEqual([...new Set(names)].sort())
})

test('no class of a component reaches the root of another that it shows', () => {
  // Vue scopes a component's root to both components: a class of the same name would be styled by both.
  const roots = new Map(
    trees.map(({ file, tree }) => [
      basename(file, '.vue'),
      new Set(tree.children.flatMap((node) => classesOf(node))),
    ]),
  )
  const reached = trees.flatMap(({ file, tree }) => {
    const own = new Set(
      components.filter((sheet) => sheet.file === file).flatMap(({ styles }) => classesIn(styles)),
    )
    const others = elementsIn(tree).filter(({ tag }) => tag !== basename(file, '.vue'))
    return others.flatMap((element) => {
      const passed = classesOf(element)
      return [...(roots.get(element.tag) ?? [])]
        .filter((name) => own.has(name) && !passed.includes(name) && !sharedClasses.has(name))
        .map((name) => `.${name} of ${file} reaches ${element.tag}`)
    })
  })
  expect(reached).toEqual([])
})

test('every custom property that is used is declared, and the other way round', () => {
  const text = sheets.map(({ styles }) => styles.toString()).join('\n')
  const declared = new Set(
    [...`${text}\n${code}`.matchAll(/(--[a-z][\w-]*)['"]?\s*:/g)].map(([, name]) => name),
  )
  const used = new Set([...`${text}\n${code}`.matchAll(/var\((--[a-z][\w-]*)/g)].map(([, name]) => name))
  expect([...used].filter((name) => !declared.has(name))).toEqual([])
  expect([...declared].filter((name) => !used.has(name))).toEqual([])
})

test('components take their colours from tokens.css', () => {
  const own = components
    // Cameras read dark on light, in a dark theme, too.
    .filter(({ file }) => !file.endsWith('/QrCode.vue'))
    .flatMap(({ file, styles }) =>
      selectorsOf(styles)
        .flatMap(({ rule }) => declarationsOf(rule))
        .filter((declaration) =>
          /#[\da-f]{3,8}\b|\b(rgb|hsl|oklch|light-dark)\(|var\(--(paper|ink|night|chalk)-/i.test(declaration),
        )
        .map((declaration) => `${file}: ${declaration}`),
    )
  expect(own).toEqual([])
})

test('an underline’s style, colour and thickness are set one by one: Safari drops a shorthand with more than the line', () => {
  const shorthands = sheets.flatMap(({ file, styles }) => {
    const found: string[] = []
    styles.walkDecls(
      'text-decoration',
      ({ value }) => void (/\s/.test(value) && found.push(`${file}: ${value}`)),
    )
    return found
  })
  expect(shorthands).toEqual([])
})

test('no background hovers on a touch screen, where what was tapped would look pressed until the next tap', () => {
  const sticky = sheets.flatMap(({ file, styles }) =>
    selectorsOf(styles)
      // One of several states, in :is(), marks what is pointed at, and a tap points.
      .filter(({ selector }) => /(?<![(,] ?):hover/.test(selector))
      .filter(({ rule }) => !contextOf(rule).includes('(hover: hover)'))
      .filter(({ rule }) => declarationsOf(rule).some((declaration) => declaration.startsWith('background')))
      .map(({ selector }) => `${file}: ${selector}`),
  )
  expect(sticky).toEqual([])
})

test('a blank line is between rules, as Prettier leaves it to the author', () => {
  const tight: string[] = []
  for (const { file, styles } of sheets) {
    styles.walk((node) => {
      const isFirst = node.prev() === undefined
      const isBlock =
        node.type === 'rule' || node.type === 'comment' || (node.type === 'atrule' && 'nodes' in node)
      const follows = node.prev()?.type !== 'comment' || node.type === 'comment'
      const isInRule = node.type === 'comment' && node.parent?.type === 'rule'
      if (isFirst || !isBlock || !follows || isInRule) return
      if (!/\n[\t ]*\n/.test(node.raws.before ?? '')) tight.push(`${file}: ${node.toString().split('\n')[0]}`)
    })
  }
  expect(tight).toEqual([])
})

function sheetsOf(file: string, source: string): Sheet[] {
  if (file.endsWith('.css')) return [{ file, scoped: false, styles: postcss.parse(source) }]
  return parse(source, { filename: file }).descriptor.styles.map(({ content, scoped = false }) => ({
    ...{ file, scoped },
    styles: postcss.parse(content),
  }))
}

/** Each selector of each rule; those of keyframes are none. */
function selectorsOf(styles: postcss.Root): { selector: string; rule: Rule }[] {
  const found: { selector: string; rule: Rule }[] = []
  styles.walkRules((rule) => {
    for (const selector of rule.selectors) found.push({ selector: selector.replace(/\s+/g, ' '), rule })
  })
  return found
}

function declarationsOf(rule: Rule): string[] {
  return rule.nodes
    .flatMap((node) => (node.type === 'decl' ? [`${node.prop}: ${node.value.replace(/\s+/g, ' ')}`] : []))
    .sort()
}

/** The media and container queries around a rule. */
function contextOf({ parent }: Rule | AtRule): string {
  const around = parent as Container | undefined
  return around?.type === 'atrule'
    ? `${contextOf(around as AtRule)}@${(around as AtRule).name} ${(around as AtRule).params} `
    : ''
}

/** The names of classes in the selectors. */
function classesIn(styles: postcss.Root): string[] {
  return selectorsOf(styles).flatMap(({ selector }) =>
    [...selector.matchAll(/\.([\w-]+)/g)].flatMap(([, name]) => name ?? []),
  )
}

/** The classes that an element of a template always has. */
function classesOf(node: TemplateNode): string[] {
  if (!isElement(node)) return []
  return node.props.flatMap((prop) =>
    prop.name === 'class' && 'value' in prop ? (prop.value?.content.split(/\s+/) ?? []) : [],
  )
}

function elementsIn({ children }: { children: readonly TemplateNode[] }): ElementNode[] {
  return children.filter(isElement).flatMap((node) => [node, ...elementsIn(node)])
}

function isElement(node: TemplateNode): node is ElementNode {
  return 'tag' in node
}
