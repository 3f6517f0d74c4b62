import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/**
 * A certificate that signs itself, for loopback. Kubernetes' own clients send a token over TLS only, and Node can sign
 * but not write certificates: this writes the few structures of X.509 (RFC 5280) that it takes.
 */

const DAY_MS = 24 * 3600 * 1000;
const LIFETIME_MS = 3650 * DAY_MS;

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 128)
    return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const digits: number[] = [];
  for (let rest = body.length; rest > 0; rest >>= 8) digits.unshift(rest & 255);
  return Buffer.concat([
    Buffer.from([tag, 0x80 | digits.length, ...digits]),
    body,
  ]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const octets = (content: Buffer) => der(0x04, content);
const yes = der(0x01, Buffer.from([0xff]));

function bits(content: Buffer, unused = 0): Buffer {
  return der(0x03, Buffer.from([unused]), content);
}

function oid(text: string): Buffer {
  const [first, second, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const base128: number[] = [];
    let value = arc;
    do {
      base128.unshift((value & 127) | (base128.length ? 128 : 0));
      value = Math.floor(value / 128);
    } while (value > 0);
    bytes.push(...base128);
  }
  return der(0x06, Buffer.from(bytes));
}

function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`));
}

function name(commonName: string): Buffer {
  return sequence(
    der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(commonName)))),
  );
}

function alternativeName(host: string): Buffer {
  if (isIP(host) === 4)
    return der(0x87, Buffer.from(host.split('.').map(Number)));
  return der(0x82, Buffer.from(host));
}

function extension(id: string, critical: boolean, content: Buffer): Buffer {
  return critical
    ? sequence(oid(id), yes, octets(content))
    : sequence(oid(id), octets(content));
}

/** Certificate and key as PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

export function selfSigned(hosts: string[], now: Date): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const subject = name('slipway-sandbox');
  // A serial number is positive: its first bit is not set.
  const serial = randomBytes(12);
  serial[0] = (serial[0] & 0x7f) | 0x40;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    subject,
    sequence(
      time(new Date(now.getTime() - DAY_MS)),
      time(new Date(now.getTime() + LIFETIME_MS)),
    ),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        extension('2.5.29.19', true, sequence(yes)),
        extension('2.5.29.15', true, bits(Buffer.from([0b1000_0100]), 2)),
        extension('2.5.29.17', false, sequence(...hosts.map(alternativeName))),
      ),
    ),
  );
  const signed = sequence(
    body,
    algorithm,
    bits(sign('sha256', body, privateKey)),
  );
  const base64 = signed
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trim();
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
