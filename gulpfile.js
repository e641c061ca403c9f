/** Build: clean → compile → bundle the small libraries → copy icons and codex files → dist/. */
const { rm } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const { src, dest, series, parallel } = require('gulp');
const esbuild = require('esbuild');

const clean = () => rm('dist', { recursive: true, force: true });

function compile(done) {
  spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], {
    stdio: 'inherit',
  }).on('exit', (code) => done(code === 0 ? undefined : new Error(`tsc ended with exit code ${code}`)));
}

/** n8n loads no runtime dependency, so each library that ships is compiled into the one file that uses it. */
const bundle = () =>
  esbuild.build({
    entryPoints: ['connectors/mailchimp/archive.ts', 'connectors/infor/bod/xml.ts'],
    outbase: '.',
    outdir: 'dist',
    bundle: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'es2022',
    legalComments: 'eof',
  });

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.clean = clean;
exports.build = series(clean, compile, parallel(bundle, icons, codex));
exports.default = exports.build;
