/**
 * The walls of the house as lint: which package may import which, and which room of the backend may import which.
 * The table is docs/architecture.md's; a change there is a change here.
 */
const path = require('path');
const factory = require('@backstage/cli/config/eslint-factory');

const COMMON = '@slipway/plugin-slipway-common';
const PLAN = '@slipway/plan';
const NODE = '@slipway/plugin-slipway-node';

/** Package folder → packages of ours that its code (not its tests) may import. */
const PACKAGES = {
  'plugins/slipway-common': [],
  'packages/plan': [COMMON],
  'plugins/slipway-node': [COMMON, PLAN],
  'plugins/slipway-backend': [COMMON, PLAN, NODE],
  'plugins/slipway-backend-module-tekton': [COMMON, NODE],
  'plugins/slipway-backend-module-argo-workflows': [COMMON, NODE],
  'plugins/slipway-backend-module-github-actions': [COMMON, NODE],
  'plugins/slipway-backend-module-bitbucket': [COMMON, NODE],
  'plugins/slipway-backend-module-gitea': [COMMON, NODE],
  'plugins/slipway-backend-module-github': [COMMON, NODE],
  'plugins/slipway-backend-module-gitlab': [COMMON, NODE],
  'plugins/scaffolder-backend-module-slipway': [COMMON],
  'plugins/catalog-backend-module-slipway': [COMMON],
  'plugins/slipway': [COMMON],
  'packages/sandbox': [],
  'packages/dev': [COMMON, PLAN],
};

const ALL = [
  COMMON,
  PLAN,
  NODE,
  '@slipway/plugin-slipway-backend',
  '@slipway/plugin-slipway-backend-module-tekton',
  '@slipway/plugin-slipway-backend-module-argo-workflows',
  '@slipway/plugin-slipway-backend-module-github-actions',
  '@slipway/plugin-slipway-backend-module-bitbucket',
  '@slipway/plugin-slipway-backend-module-gitea',
  '@slipway/plugin-slipway-backend-module-github',
  '@slipway/plugin-slipway-backend-module-gitlab',
  '@slipway/plugin-scaffolder-backend-module-slipway',
  '@slipway/plugin-catalog-backend-module-slipway',
  '@slipway/plugin-slipway',
  '@slipway/sandbox',
  '@slipway/dev',
];

/** Room of slipway-backend/src → rooms that its code may import beside itself. */
const ROOMS = {
  domain: ['ports'],
  ports: ['domain'],
  database: ['ports', 'domain'],
  git: ['ports', 'domain'],
  kubernetes: ['ports', 'domain'],
  watch: ['ports', 'domain'],
  reconcile: ['ports', 'domain'],
  services: ['ports', 'domain'],
  http: ['services', 'domain', 'schema'],
  actions: ['services', 'domain'],
};

const TESTS = [
  '**/*.test.ts',
  '**/*.test.tsx',
  '**/testing/**',
  '**/__testUtils__/**',
  '**/bench/**',
  '**/conformance/**',
  '**/dev/**',
];

/** ESLint configuration of a package: Backstage's, with the walls. */
module.exports = dir => {
  const root = path.resolve(__dirname, '..');
  const name = path.relative(root, dir).split(path.sep).join('/');
  const allowed = PACKAGES[name];
  const config = factory(dir);
  const overrides = config.overrides ?? [];
  if (allowed) {
    overrides.push({
      files: ['src/**/*.ts', 'src/**/*.tsx'],
      excludedFiles: TESTS,
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: ALL.filter(other => !allowed.includes(other)).map(
              other => ({
                group: [other, `${other}/*`],
                message: `A wall of the architecture: ${name} may import ${allowed.join(', ') || 'no package of ours'}.`,
              }),
            ),
          },
        ],
      },
    });
  }
  if (name === 'plugins/slipway-backend') {
    for (const [room, may] of Object.entries(ROOMS)) {
      const closed = [...Object.keys(ROOMS), 'plugin'].filter(
        other => other !== room && !may.includes(other),
      );
      overrides.push({
        files: [`src/${room}/**/*.ts`],
        excludedFiles: TESTS,
        rules: {
          'import/no-restricted-paths': [
            'error',
            {
              basePath: path.join(dir, 'src'),
              zones: closed.map(other => ({
                target: `./${room}`,
                from: `./${other}`,
                message: `A wall of the architecture: ${room}/ may import ${may.map(m => `${m}/`).join(', ')}.`,
              })),
            },
          ],
        },
      });
    }
  }
  return {
    ...config,
    overrides,
    settings: {
      ...config.settings,
      'import/resolver': {
        node: { extensions: ['.ts', '.tsx', '.js', '.json'] },
      },
    },
  };
};
