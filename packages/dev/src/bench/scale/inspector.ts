/** Where a Node process listens once it is asked to. */
const INSPECTOR = 'http://127.0.0.1:9229/json';
const PATIENCE_MS = 10_000;
const PAUSE_MS = 200;

type Call = <T>(method: string, params?: object) => Promise<T>;

/**
 * MiB of the heap that a Node process has in use: without the garbage that V8 leaves where it is as long as the machine
 * has room. Undefined when another process has the port of the inspector.
 */
export async function heapOf(pid: number): Promise<number | undefined> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressOf(pid));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`No inspector of ${pid}`));
  });
  try {
    const call = callerOf(socket);
    const { result } = await call<{ result: { value: number } }>(
      'Runtime.evaluate',
      { expression: 'process.pid' },
    );
    if (result.value !== pid) return undefined;
    await call('HeapProfiler.collectGarbage');
    const { usedSize } = await call<{ usedSize: number }>(
      'Runtime.getHeapUsage',
    );
    return usedSize / 1024 / 1024;
  } finally {
    socket.close();
  }
}

function callerOf(socket: WebSocket): Call {
  let last = 0;
  return <T>(method: string, params: object = {}) => {
    const id = ++last;
    return new Promise<T>(resolve => {
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data)) as { id?: number; result: T };
        if (answer.id === id) resolve(answer.result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
}

async function addressOf(pid: number): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const [target] = await fetch(INSPECTOR).then(
      answer => answer.json() as Promise<{ webSocketDebuggerUrl: string }[]>,
      () => [],
    );
    if (target) return target.webSocketDebuggerUrl;
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`The process ${pid} opened no inspector.`);
}
