// Preloaded: the process is told to stop at the very moment at which it tells its address.
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = (chunk, ...more) => {
  const written = write(chunk, ...more)
  if (String(chunk).includes('http://')) process.kill(process.pid, 'SIGTERM')
  return written
}
