import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import type { ConnectionId } from '../../domain/ids.ts';

/** What a process asks of the one that holds the folder. */
export type Ask =
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'rewrite' | 'service' }
  /** `writes`: transactions since the asker's last flush. */
  | { readonly kind: 'flush'; readonly writes: number }
  | { readonly kind: 'tell'; readonly word: Word };

/** That a connection has work, for whoever works by himself. */
export type Word = { readonly connection: ConnectionId; readonly reason: 'manual' | 'webhook' };

/** Each answer, serialised by itself, bears the number of its ask. */
export type Asked = { readonly id: number; readonly ask: Ask };

export type Told =
  /** First of all: which tables the folder has. */
  | { readonly kind: 'hello'; readonly tables: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: Uint8Array }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: Fault }
  /** Last of all: what was not answered was not done. */
  | { readonly kind: 'bye' };

/** Of an error, what `classifyStoreError` looks at. */
export type Fault = { readonly message: string; readonly code: string };

const headBytes = 4;

/** As structured clones: dates, bytes, big integers and `undefined` stay what they are. */
export function sendFrame(socket: Socket, frame: Asked | Told): void {
  if (socket.destroyed || socket.writableEnded) return;
  const body = serialize(frame);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(body.length);
  socket.write(Buffer.concat([head, body]));
}

/** Calls `take` with each whole frame, in order. */
export function onFrames<F extends Asked | Told>(socket: Socket, take: (frame: F) => void): void {
  let parts: Buffer[] = [];
  let bytes = 0;
  let wanted = headBytes;
  socket.on('data', (part: Buffer) => {
    parts.push(part);
    bytes += part.length;
    if (bytes < wanted) return;
    let rest = Buffer.concat(parts);
    for (;;) {
      wanted = headBytes + (rest.length < headBytes ? 0 : rest.readUInt32BE());
      if (rest.length < wanted || rest.length < headBytes) break;
      take(deserialize(rest.subarray(headBytes, wanted)));
      rest = rest.subarray(wanted);
    }
    parts = [rest];
    bytes = rest.length;
  });
}

export function packed(value: unknown): Uint8Array {
  return serialize(value);
}

/** Whoever asked knows what the answer is. */
export function unpacked<T>(value: Uint8Array): T {
  return deserialize(value);
}
