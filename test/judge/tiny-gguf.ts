/** A llama with random weights in the GGUF format (version 3, github.com/ggml-org/ggml/blob/master/docs/gguf.md): knows nothing, but really runs. */
const [WIDTH, HEADS, LAYERS, INNER, CONTEXT] = [64, 4, 2, 128, 16_384]
const CHARACTERS =
  '项目名称学习培训班医院的内容与原文不一致请核对改为级别专业教师题问可用没有发现理由同行评议创新主推广'

const TYPE = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const

class Bytes {
  private readonly chunks: Buffer[] = []
  length = 0
  push(chunk: Buffer): this {
    this.chunks.push(chunk)
    this.length += chunk.length
    return this
  }
  u32 = (value: number) => this.push(withBuffer(4, (buffer) => buffer.writeUInt32LE(value)))
  u64 = (value: number) => this.push(withBuffer(8, (buffer) => buffer.writeBigUInt64LE(BigInt(value))))
  f32 = (value: number) => this.push(withBuffer(4, (buffer) => buffer.writeFloatLE(value)))
  text(value: string): this {
    const bytes = Buffer.from(value)
    return this.u64(bytes.length).push(bytes)
  }
  padTo(multiple: number): this {
    return this.push(Buffer.alloc((multiple - (this.length % multiple)) % multiple))
  }
  done = () => Buffer.concat(this.chunks)
}

function withBuffer(size: number, write: (buffer: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(size)
  write(buffer)
  return buffer
}

/** Always the same numbers (mulberry32), about normally distributed. */
function createNoise(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return () => next() + next() + next() - 1.5
}

function vocabulary() {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)
  const ascii = Array.from({ length: 95 }, (_, code) => String.fromCharCode(32 + code).replace(' ', '▁'))
  const words = [...ascii, ...new Set(CHARACTERS)]
  return [
    { text: '<unk>', type: 2 },
    { text: '<s>', type: 3 },
    { text: '</s>', type: 3 },
    ...bytes.map((text) => ({ text, type: 6 })),
    ...words.map((text) => ({ text, type: 1 })),
  ]
}

export function makeTinyGguf(): Buffer {
  const words = vocabulary()
  const tensors: [name: string, dimensions: number[]][] = [
    ['token_embd.weight', [WIDTH, words.length]],
    ['output_norm.weight', [WIDTH]],
    ['output.weight', [WIDTH, words.length]],
    ...Array.from({ length: LAYERS }, (_, layer): [string, number[]][] => [
      [`blk.${layer}.attn_norm.weight`, [WIDTH]],
      [`blk.${layer}.attn_q.weight`, [WIDTH, WIDTH]],
      [`blk.${layer}.attn_k.weight`, [WIDTH, WIDTH]],
      [`blk.${layer}.attn_v.weight`, [WIDTH, WIDTH]],
      [`blk.${layer}.attn_output.weight`, [WIDTH, WIDTH]],
      [`blk.${layer}.ffn_norm.weight`, [WIDTH]],
      [`blk.${layer}.ffn_gate.weight`, [WIDTH, INNER]],
      [`blk.${layer}.ffn_up.weight`, [WIDTH, INNER]],
      [`blk.${layer}.ffn_down.weight`, [INNER, WIDTH]],
    ]).flat(),
  ]
  const numbers: Record<string, number> = {
    'llama.context_length': CONTEXT,
    'llama.embedding_length': WIDTH,
    'llama.block_count': LAYERS,
    'llama.feed_forward_length': INNER,
    'llama.attention.head_count': HEADS,
    'llama.attention.head_count_kv': HEADS,
    'llama.rope.dimension_count': WIDTH / HEADS,
    'llama.vocab_size': words.length,
    'tokenizer.ggml.bos_token_id': 1,
    'tokenizer.ggml.eos_token_id': 2,
    'tokenizer.ggml.unknown_token_id': 0,
  }
  const texts = { 'general.architecture': 'llama', 'general.name': 'tiny-random', 'tokenizer.ggml.model': 'llama' }
  const file = new Bytes().push(Buffer.from('GGUF')).u32(3).u64(tensors.length)
  file.u64(Object.keys(numbers).length + Object.keys(texts).length + 4)
  for (const [key, value] of Object.entries(texts)) file.text(key).u32(TYPE.string).text(value)
  for (const [key, value] of Object.entries(numbers)) file.text(key).u32(TYPE.uint32).u32(value)
  file.text('llama.attention.layer_norm_rms_epsilon').u32(TYPE.float32).f32(1e-5)
  const array = (key: string, type: number) => file.text(key).u32(TYPE.array).u32(type).u64(words.length)
  array('tokenizer.ggml.tokens', TYPE.string)
  for (const { text } of words) file.text(text)
  array('tokenizer.ggml.scores', TYPE.float32)
  for (const { type } of words) file.f32(type === 1 ? 0 : -10)
  array('tokenizer.ggml.token_type', TYPE.int32)
  for (const { type } of words) file.u32(type)
  let offset = 0
  const sizeOf = (dimensions: number[]) => dimensions.reduce((product, dimension) => product * dimension, 4)
  for (const [name, dimensions] of tensors) {
    file.text(name).u32(dimensions.length)
    for (const dimension of dimensions) file.u64(dimension)
    file.u32(0).u64(offset)
    offset += Math.ceil(sizeOf(dimensions) / 32) * 32
  }
  file.padTo(32)
  const noise = createNoise(7)
  for (const [name, dimensions] of tensors) {
    const isNorm = name.includes('norm')
    const values = Float32Array.from({ length: sizeOf(dimensions) / 4 }, () => (isNorm ? 1 : noise() * 0.15))
    file.push(Buffer.from(values.buffer)).padTo(32)
  }
  return file.done()
}
