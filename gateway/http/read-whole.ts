import type { IncomingMessage } from 'node:http';

/**
 * The whole body of a request that says how long it is, put back so that whoever comes after reads it as if nobody had.
 * Never resolves for a sender who goes away.
 */
export function readWhole(request: IncomingMessage, length: number): Promise<Buffer> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let got = 0;
    // `readable`, not `data`: once nobody listens any more, the stream is as it was before.
    const look = () => {
      while (got < length) {
        const chunk: Buffer | null = request.read();
        if (chunk === null) return;
        chunks.push(chunk);
        got += chunk.length;
      }
      request.off('readable', look);
      const [first] = chunks;
      const whole = chunks.length === 1 && first ? first : Buffer.concat(chunks);
      // In the same turn, before the end can be told.
      request.unshift(whole);
      resolve(whole);
    };
    request.on('readable', look);
  });
}
