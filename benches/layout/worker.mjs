// One layout job off the main thread, so that a layouter that never ends can be stopped. Times the layout alone, XML in, XML out: processor
// time (the clock would measure the other work of the machine), best of a few runs; the first also warms the compiler up.
import { parentPort, workerData } from 'node:worker_threads';
import { inputs, layoutAuto } from './auto.mjs';
import { layoutElk } from './elk.mjs';

const { kind, xml, sizes, options, repeat } = workerData;
const job = kind === 'elk' ? (() => { const map = new Map(sizes); return async () => [await layoutElk(xml, (t) => map.get(t), options)]; })()
  : await (async () => { const list = await inputs(xml); return () => layoutAuto(list); })();
let best = Infinity, out;
const end = performance.now() + 20000;
for (let i = 0; i < repeat && (!i || performance.now() < end); i++) {
  const t = process.cpuUsage();
  out = await job();
  const { user, system } = process.cpuUsage(t);
  best = Math.min(best, (user + system) / 1000);
}
parentPort.postMessage({ out, ms: best });
