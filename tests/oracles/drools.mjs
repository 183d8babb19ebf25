#!/usr/bin/env node
// drools.mjs MANIFEST: every decision file and case, on the Drools DMN engine (the native server in the npm package
// @kie-tools/jitexecutor-native, on a port of this machine only).
// dmn-analysis: schema, model, compilation, and overlaps and gaps in decision tables, for all inputs and not only those of
// the cases; an error fails the file, a warning is a note. dmn-drools: the cases.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Judge, load, oneLine, read, readJson, require, sameValue } from './lib.mjs';

const START_LIMIT = 20000; // ms; it takes well below one second

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

async function startServer() {
  const folder = path.dirname(require.resolve('@kie-tools/jitexecutor-native/package.json'));
  const port = await freePort();
  const server = spawn(path.join(folder, 'dist', process.platform, 'jitexecutor'),
    ['-Dquarkus.http.host=127.0.0.1', `-Dquarkus.http.port=${port}`, '-Dquarkus.log.level=OFF'], { stdio: 'ignore' });
  let failure;
  server.on('error', (e) => { failure = e.message; });
  // Whatever ends this process ends the server.
  process.on('exit', () => server.kill());
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(2));
  server.on('exit', (code, signal) => { failure ??= `ended with ${code ?? signal}`; });
  for (const start = performance.now(); performance.now() - start < START_LIMIT; await sleep(50)) {
    if (failure) throw new Error(`the DMN server did not start: ${failure}`);
    if (await fetch(`http://127.0.0.1:${port}/q/health`).then((r) => r.ok, () => false)) {
      const ask = async (call, type, body) => {
        const r = await fetch(`http://127.0.0.1:${port}/jitdmn/${call}`, { method: 'POST', headers: { 'content-type': type }, body });
        if (!r.ok) throw new Error(`the engine answers ${r.status}`);
        return r.json();
      };
      return { ask, stop: () => server.kill() };
    }
  }
  throw new Error('the DMN server did not start in time');
}

// Said of every table: that it has an output name, which SpiffWorkflow needs, and that there was nothing to report.
const DULL = new Set(['ILLEGAL_USE_OF_NAME', 'ILLEGAL_USE_OF_TYPEREF', 'DECISION_TABLE_ANALYSIS_EMPTY']);
const examples = new Map();

const manifest = load();
const groups = manifest.groups.filter((g) => g.dmn);
const analysis = new Judge('dmn-analysis'), judge = new Judge('dmn-drools');
if (groups.length) {
  const { ask, stop } = await startServer();
  try {
    for (const { dmn, cases } of groups) {
      const name = manifest.rel(dmn), content = read(dmn);
      try {
        const messages = await ask('validate', 'application/xml', content);
        for (const m of messages.filter((x) => x.level !== 'ERROR' && !DULL.has(x.messageType))) {
          if (!examples.has(m.messageType)) examples.set(m.messageType, `${name}: ${oneLine(m.message)}`);
          analysis.note(`${m.messageType}, first in ${examples.get(m.messageType)}`);
        }
        analysis.check(name, messages.filter((m) => m.level === 'ERROR').map((m) => oneLine(m.message)));
      } catch (e) { analysis.check(name, [e.message]); }
      for (const c of cases ? readJson(cases) : []) {
        try {
          const answer = await ask('dmnresult', 'application/json', JSON.stringify({ mainURI: 'x.dmn', resources: [{ URI: 'x.dmn', content }], context: c.facts }));
          const decision = answer.decisionResults.find((d) => d.decisionId === c.decision);
          const got = decision?.result ?? null;
          // The engine tries every decision of the file; those of other decisions that lack a fact are of no interest here.
          const causes = answer.messages.filter((m) => m.level === 'ERROR' && decision?.evaluationStatus !== 'SUCCEEDED'
            && (m.messageType !== 'REQ_NOT_FOUND' || m.sourceId === c.decision)).map((m) => oneLine(m.message));
          if (!decision) causes.push(`no decision ${c.decision}`);
          else if (!causes.length && !sameValue(got, c.expect)) causes.push(`gives ${JSON.stringify(got)}, expected ${JSON.stringify(c.expect)}`);
          judge.check(name, causes, c.name);
        } catch (e) { judge.check(name, [e.message], c.name); }
      }
    }
  } finally { stop(); }
}
const failed = analysis.failed + judge.failed;
analysis.done();
judge.done();
process.exitCode = failed ? 1 : 0;
