import { generateKeyPair, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { writeFileAtomic } from './files.ts';
import { LOOPBACK } from './ports.ts';

const generate = promisify(generateKeyPair);

/** Long enough for a testbed that is left running, short enough to be no asset. */
const VALID_DAYS = 365;

/** A key with its certificate: both PEM, or the paths of both. */
interface KeyAndCertificate {
  key: string;
  certificate: string;
}

/** Paths of everything that the components read. */
export type CertificateFiles = ReturnType<typeof certificateFiles>;

export function certificateFiles(dir: string) {
  const pair = (name: string) => ({
    key: join(dir, `${name}.key`),
    certificate: join(dir, `${name}.crt`),
  });
  return {
    ca: pair('ca'),
    apiserver: pair('apiserver'),
    admin: pair('admin'),
    controllerManager: pair('controller-manager'),
    serviceAccount: {
      key: join(dir, 'sa.key'),
      publicKey: join(dir, 'sa.pub'),
    },
  };
}

/**
 * Makes a cluster's own CA, the certificates that it signs and the keys of its
 * service account tokens, in `dir`. `serviceIp` is the first address of the
 * service range: the API server is known by it inside the cluster.
 */
export async function makeCertificates(
  dir: string,
  serviceIp: string,
): Promise<CertificateFiles> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const [caKeys, serverKeys, adminKeys, managerKeys, tokenKeys] =
    await Promise.all(Array.from({ length: 5 }, rsaKeys));

  const caName = [{ name: 'commonName', value: 'slipway-testbed' }];
  const ca = newCertificate(caKeys.publicKey, caName, caName, [
    { name: 'basicConstraints', cA: true, critical: true },
    {
      name: 'keyUsage',
      keyCertSign: true,
      cRLSign: true,
      digitalSignature: true,
      critical: true,
    },
    { name: 'subjectKeyIdentifier' },
  ]);
  ca.sign(
    forge.pki.privateKeyFromPem(caKeys.privateKey),
    forge.md.sha256.create(),
  );

  const issue = (
    keys: RsaKeys,
    subject: Subject,
    extensions: object[],
  ): KeyAndCertificate => {
    const certificate = newCertificate(
      keys.publicKey,
      [
        { name: 'commonName', value: subject.user },
        ...(subject.group
          ? [{ name: 'organizationName', value: subject.group }]
          : []),
      ],
      caName,
      [
        { name: 'basicConstraints', cA: false, critical: true },
        {
          name: 'keyUsage',
          digitalSignature: true,
          keyEncipherment: true,
          critical: true,
        },
        {
          name: 'authorityKeyIdentifier',
          keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes(),
        },
        ...extensions,
      ],
    );
    certificate.sign(
      forge.pki.privateKeyFromPem(caKeys.privateKey),
      forge.md.sha256.create(),
    );
    return {
      key: keys.privateKey,
      certificate: certificatePem(certificate),
    };
  };
  const clientAuth = [{ name: 'extKeyUsage', clientAuth: true }];

  const files = certificateFiles(dir);
  const write = (target: KeyAndCertificate, pair: KeyAndCertificate) => {
    writeFileAtomic(target.key, pair.key);
    writeFileAtomic(target.certificate, pair.certificate);
  };
  write(files.ca, {
    key: caKeys.privateKey,
    certificate: certificatePem(ca),
  });
  write(
    files.apiserver,
    issue(serverKeys, { user: 'kube-apiserver' }, [
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: serverNames(serviceIp) },
    ]),
  );
  write(
    files.admin,
    issue(
      adminKeys,
      { user: 'slipway-testbed-admin', group: 'system:masters' },
      clientAuth,
    ),
  );
  write(
    files.controllerManager,
    issue(managerKeys, { user: 'system:kube-controller-manager' }, clientAuth),
  );
  writeFileAtomic(files.serviceAccount.key, tokenKeys.privateKey);
  writeFileAtomic(files.serviceAccount.publicKey, tokenKeys.publicKey);
  return files;
}

interface Subject {
  user: string;
  group?: string;
}

interface RsaKeys {
  publicKey: string;
  privateKey: string;
}

/** RSA, as the certificate library signs nothing else; made by Node, which is fast. */
async function rsaKeys(): Promise<RsaKeys> {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}

function newCertificate(
  publicKey: string,
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  extensions: object[],
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // The first byte keeps the number positive and free of leading zeros.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  // One hour back: another machine's clock may lag.
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000);
  certificate.validity.notAfter = new Date(
    Date.now() + VALID_DAYS * 86_400_000,
  );
  certificate.setSubject(subject);
  certificate.setIssuer(issuer);
  certificate.setExtensions(extensions);
  return certificate;
}

/** The library ends lines as in DOS; every other PEM file here ends them as in Unix. */
function certificatePem(certificate: forge.pki.Certificate): string {
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}

/** Names by which a client may call the API server (2 = DNS, 7 = IP address). */
function serverNames(serviceIp: string): object[] {
  return [
    { type: 2, value: 'localhost' },
    { type: 2, value: 'kubernetes' },
    { type: 2, value: 'kubernetes.default' },
    { type: 2, value: 'kubernetes.default.svc' },
    { type: 2, value: 'kubernetes.default.svc.cluster.local' },
    { type: 7, ip: LOOPBACK },
    { type: 7, ip: serviceIp },
  ];
}
