// Runs ONNX models in the browser's runtime: node run-models.mjs PACKAGES JOBS RESULTS
// PACKAGES is the folder in which onnxruntime-web is installed. JOBS is a JSON file, a list of
// {model, inputs: [{name, type, dims, data}], outputs: [name]}. RESULTS becomes a list as long:
// for every job {outputs: {name: [value, ...]}} or {error: text}. null stands for NaN.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [packages, jobs, results] = process.argv.slice(2);
const ort = createRequire(resolve(packages, 'package.json'))('onnxruntime-web');
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const number = (value) => (value === null ? NaN : value);
// The 16 bits of a number that they hold exactly.
const half = (value) => {
  const [bits] = new Uint32Array(new Float32Array([value]).buffer);
  const exponent = ((bits >>> 23) & 0xff) - 112;
  return ((bits >>> 16) & 0x8000) | (exponent > 0 ? (exponent << 10) | ((bits >>> 13) & 0x3ff) : 0);
};
const elements = {
  uint8: (data) => ['uint8', Uint8Array.from(data)],
  float16: (data) => ['float16', Uint16Array.from(data, half)],
  float: (data) => ['float32', Float32Array.from(data, number)],
  double: (data) => ['float64', Float64Array.from(data, number)],
  int64: (data) => ['int64', BigInt64Array.from(data, BigInt)],
  int32: (data) => ['int32', Int32Array.from(data)],
  bool: (data) => ['bool', Uint8Array.from(data)],
  string: (data) => ['string', data],
};

async function run(job) {
  const session = await ort.InferenceSession.create(readFileSync(job.model), {
    executionProviders: ['wasm'],
  });
  try {
    const feeds = {};
    for (const { name, type, dims, data } of job.inputs) {
      feeds[name] = new ort.Tensor(...elements[type](data), dims);
    }
    const answered = await session.run(feeds, job.outputs);
    const outputs = {};
    for (const name of job.outputs) {
      outputs[name] = Array.from(answered[name].data, (value) =>
        typeof value === 'bigint' ? value.toString() : value);
    }
    return { outputs };
  } finally {
    await session.release();
  }
}

const answers = [];
for (const job of JSON.parse(readFileSync(jobs, 'utf8'))) {
  try {
    answers.push(await run(job));
  } catch (error) {
    answers.push({ error: String(error?.message ?? error) });
  }
}
writeFileSync(results, JSON.stringify(answers));
