import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

const HEAD_END = '\r\n\r\n';

/** What stands before the body of a CGI program's answer. */
export function parseHead(head: string): {
  status: number;
  headers: Record<string, string>;
} {
  const headers = Object.fromEntries(
    head.split('\r\n').map(line => {
      const colon = line.indexOf(':');
      return [
        line.slice(0, colon).trim().toLowerCase(),
        line.slice(colon + 1).trim(),
      ];
    }),
  );
  const { status, ...rest } = headers;
  return { status: status ? parseInt(status, 10) : 200, headers: rest };
}

/** Hands a CGI program's answer to whoever asked; `none` is called when it ends without one. */
export function relay(
  answer: Readable,
  response: ServerResponse,
  none: () => void,
): void {
  let head: Buffer | undefined = Buffer.alloc(0);
  answer.on('data', (chunk: Buffer) => {
    if (head === undefined) {
      if (!response.write(chunk)) {
        answer.pause();
        response.once('drain', () => answer.resume());
      }
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(HEAD_END);
    if (end === -1) return;
    const { status, headers } = parseHead(head.subarray(0, end).toString());
    response.writeHead(status, headers);
    const body = head.subarray(end + HEAD_END.length);
    head = undefined;
    if (body.length > 0) response.write(body);
  });
  answer.on('end', () => {
    if (head === undefined) response.end();
    else none();
  });
}
