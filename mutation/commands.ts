import { spawn } from 'node:child_process'

export type Ended = { readonly code: number | undefined; readonly stdout: string; readonly stderr: string }

/** Node with these arguments, in that folder. `code` is undefined where it had to be ended after `limit` ms. */
export const node = (cwd: string, args: readonly string[], limit: number): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: limit })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text
    })
    child.once('error', reject)
    // Some take the signal for a request, and end with a code of their own.
    child.once('close', code => resolve({ code: child.killed ? undefined : (code ?? undefined), stdout, stderr }))
  })
