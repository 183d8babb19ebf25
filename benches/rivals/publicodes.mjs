// The rules of procedure.tthc in publicodes, and the cases of data/cases.json evaluated one situation each.
// What is cheaper than the usual way of publicodes is taken: no units, no namespaces, one strict parse of a situation.
import { readFileSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

const begun = performance.now()
const { default: Engine } = await import('publicodes')

const DOCUMENTS = ['application', 'e-form', 'old-licence', 'loss-report', 'photos', 'certificate', 'site-plan', 'envelope']
const is = (...matters) => ({ 'une de ces conditions': matters.map((matter) => `matter = '${matter}'`) })

const rules = {
  matter: { 'une possibilité': ["'first'", "'reissue'", "'change'", "'extension'", "'adjustment'"] },
  poor: null,
  copies: null,
  channel: { 'une possibilité': ["'in_person'", "'online'", "'post'"] },
  application: "channel != 'online'",
  'e-form': "channel = 'online'",
  'old-licence': is('change', 'extension', 'adjustment'),
  'loss-report': "matter = 'reissue'",
  photos: {
    'une de ces conditions': ["matter = 'first'", { 'toutes ces conditions': ["matter = 'reissue'", "channel != 'online'"] }],
  },
  certificate: { 'toutes ces conditions': ['poor', "matter != 'extension'"] },
  'site-plan': { 'toutes ces conditions': ["matter = 'first'", 'copies > 50'] },
  envelope: {
    'une de ces conditions': [
      "channel = 'post'",
      { 'toutes ces conditions': ['poor = non', 'copies >= 20', 'copies <= 50'] },
    ],
  },
  deadline: {
    variations: [
      { si: "matter = 'reissue'", alors: { variations: [{ si: "channel = 'online'", alors: 3 }, { sinon: 5 }] } },
      { si: is('change', 'extension'), alors: 7 },
      { si: { 'toutes ces conditions': ["matter = 'adjustment'", 'copies > 100'] }, alors: 15 },
      { sinon: 10 },
    ],
  },
  charge: {
    variations: [
      {
        si: "matter = 'reissue'",
        alors: { variations: [{ si: 'poor', alors: 20000 }, { sinon: { valeur: '50000 + 2000 * copies', plafond: 150000 } }] },
      },
      {
        si: is('change', 'extension'),
        alors: {
          variations: [
            { si: "channel != 'online'", alors: 80000 },
            { si: 'poor', alors: 0 },
            { sinon: 60000 },
          ],
        },
      },
      { sinon: { valeur: '120000 + 3000 * copies', plafond: 300000 } },
    ],
  },
  fee: { variations: [{ si: "channel = 'online'", alors: 15000 }, { si: 'poor', alors: 0 }, { sinon: 30000 }] },
}
const engine = new Engine(rules, { strict: { situation: true } })
const cases = JSON.parse(readFileSync(new URL('data/cases.json', import.meta.url)))
const loaded = performance.now()

const value = (rule) => engine.evaluate(rule).nodeValue
const amounts = []
let wrong = 0
for (const [index, one] of cases.entries()) {
  engine.setSituation({
    matter: `'${one.matter}'`,
    poor: one.poor ? 'oui' : 'non',
    copies: one.copies,
    channel: `'${one.channel}'`,
  })
  const got = {
    charge: value('charge'),
    fee: value('fee'),
    deadline: value('deadline'),
    documents: DOCUMENTS.map(value),
  }
  amounts.push([got.charge, got.fee])
  for (const [name, is] of Object.entries(got)) {
    if (String(is) !== String(one[name])) {
      wrong += 1
      console.error(`Case ${index + 1}: ${name}: expected ${one[name]}, computed ${is}`)
    }
  }
}
const ended = performance.now()

writeFileSync(new URL('data/publicodes.json', import.meta.url), JSON.stringify(amounts))
console.log(JSON.stringify({ load: (loaded - begun) / 1000, evaluate: (ended - loaded) / 1000, wrong }))
