/** They find their own folder, with nothing in PATH and no HOME; quietly about what this Node still calls experimental. */
const SHELL = `#!/bin/sh
self=$0
case $self in */*) ;; *) self=$(command -v -- "$self") ;; esac
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in /*) self=$target ;; *) self=\${self%/*}/$target ;; esac
done
here=\${self%/*}
exec "$here/node" --disable-warning=ExperimentalWarning "$here/gateway/main.ts" "$@"
`;

const WINDOWS = `@echo off\r\n"%~dp0node.exe" --disable-warning=ExperimentalWarning "%~dp0gateway\\main.ts" %*\r\n`;

export const LAUNCHERS: Readonly<Record<string, string>> = { lienthong: SHELL, 'lienthong.cmd': WINDOWS };
