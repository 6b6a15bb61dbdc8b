/** The arrows of the architecture: a stage knows only the stages to its left. */
const stage = (name, path, mayKnow) => ({
  name: `${name}-knows-only-its-left`,
  severity: 'error',
  from: { path: `^src/${path}` },
  to: { path: '^src/', pathNot: [`^src/${path}`, '^src/problem\\.ts$', ...mayKnow.map((p) => `^src/${p}`)] },
})

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    stage('documents', 'documents/', []),
    stage('declaration', 'declaration/', ['documents/']),
    stage('rules', 'rules/', ['declaration/']),
    stage('judge', 'judge/', ['declaration/', 'rules/finding\\.ts$']),
    stage('store', 'store/', ['declaration/schema\\.ts$', 'review/schema\\.ts$']),
    stage('review', 'review/', ['documents/', 'declaration/', 'rules/', 'judge/', 'store/store\\.ts$']),
    stage('api', 'api/', [
      'review/',
      'rules/',
      'declaration/schema\\.ts$',
      'store/store\\.ts$',
      'documents/ports\\.ts$',
    ]),
    {
      name: 'stages-know-no-platform',
      severity: 'error',
      from: { path: '^src/(documents|declaration|rules|judge|review|store|api)/' },
      to: {
        path: [
          '^node:',
          '^(fs|path|os|child_process|worker_threads|sqlite)$',
          '^cloudflare:',
          'sharp',
          'onnxruntime-node',
          '@napi-rs',
        ],
      },
    },
    {
      name: 'rules-know-no-documents',
      severity: 'error',
      from: { path: '^src/rules/' },
      to: { path: '^src/documents/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'] },
  },
}
