import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { writeFileAtomic } from './files.ts';

/**
 * Writes a kubeconfig with everything inside it, so that it may be copied
 * elsewhere.
 */
export function writeKubeconfig(options: {
  path: string;
  cluster: string;
  user: string;
  url: string;
  caFile: string;
  certificateFile: string;
  keyFile: string;
}): void {
  const embed = (path: string) => readFileSync(path).toString('base64');
  writeFileAtomic(
    options.path,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: options.cluster,
          cluster: {
            server: options.url,
            'certificate-authority-data': embed(options.caFile),
          },
        },
      ],
      users: [
        {
          name: options.user,
          user: {
            'client-certificate-data': embed(options.certificateFile),
            'client-key-data': embed(options.keyFile),
          },
        },
      ],
      contexts: [
        {
          name: options.cluster,
          context: { cluster: options.cluster, user: options.user },
        },
      ],
      'current-context': options.cluster,
    }),
  );
}
