import protobuf from 'protobufjs'

/** The parts of an ONNX file (onnx.proto3) that a graph can be rewritten with; what is not named here is kept as it is. */
const { root } = protobuf.parse(
  `syntax = "proto3";
  message ModelProto { GraphProto graph = 7; }
  message GraphProto { repeated NodeProto node = 1; repeated ValueInfoProto output = 12; }
  message ValueInfoProto { string name = 1; }
  message NodeProto { repeated string input = 1; repeated string output = 2; string op_type = 4; repeated AttributeProto attribute = 5; }
  message AttributeProto { string name = 1; float f = 2; int64 i = 3; TensorProto t = 5; repeated int64 ints = 8; int32 type = 20; }
  message TensorProto { repeated int64 dims = 1; int32 data_type = 2; repeated float float_data = 4; bytes raw_data = 9; }`,
)
const MODEL = root.lookupType('ModelProto')
/** Values of `AttributeProto.type` and `TensorProto.data_type`. */
const ATTRIBUTE_TYPE = { f: 1, i: 2, t: 4, ints: 7 }
const FLOAT = 1

type Tensor = { dims: Whole[]; dataType: number; floatData: number[]; rawData: Uint8Array }
type Attribute = { name: string } & Partial<{ f: number; i: Whole; t: Partial<Tensor>; ints: Whole[]; type: number }>
/** A number of 64 bits; `Number` tells it. */
type Whole = number | { toString(): string }

export type Node = { opType: string; input: string[]; output: string[]; attribute: Attribute[] }
export type Model = { graph: { node: Node[]; output: { name: string }[] } }
export type Weights = { dims: number[]; data: Float32Array }

export function readModel(file: Uint8Array): Model {
  const reader = protobuf.Reader.create(file)
  reader.discardUnknown = false
  return MODEL.decode(reader) as unknown as Model
}

export const writeModel = (model: Model): Uint8Array => MODEL.encode(model).finish()

/** The whole numbers of an attribute; none where it is left out. */
export function intsOf(node: Node, name: string): number[] {
  const { type, i = 0, ints = [] } = attributeOf(node, name) ?? {}
  return (type === ATTRIBUTE_TYPE.i ? [i] : ints).map(Number)
}

/** The value of an attribute that is one number with a fraction. */
export const floatOf = (node: Node, name: string): number | null => attributeOf(node, name)?.f ?? null

const attributeOf = ({ attribute }: Node, name: string) => attribute.find((one) => one.name === name)

/** What a `Constant` node holds; null for other nodes and for other things than floats. */
export function weightsOf(node: Node): Weights | null {
  const tensor = node.opType === 'Constant' ? attributeOf(node, 'value')?.t : undefined
  if (tensor?.dataType !== FLOAT) return null
  const { dims = [], floatData = [], rawData } = tensor
  const data = rawData?.length ? new Float32Array(new Uint8Array(rawData).buffer) : Float32Array.from(floatData)
  return { dims: dims.map(Number), data }
}

export const constant = (output: string, { dims, data }: Weights): Node =>
  newNode('Constant', [], output, {
    value: { t: { dims, dataType: FLOAT, rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) } },
  })

type Value = { f: number } | { i: number } | { ints: number[] } | { t: Tensor | Omit<Tensor, 'floatData'> }

/** A node with its attributes by name. */
export function newNode(opType: string, input: string[], output: string, attributes: Record<string, Value> = {}): Node {
  const attribute = Object.entries(attributes).map(([name, value]) => {
    const [kind] = Object.keys(value) as [keyof typeof ATTRIBUTE_TYPE]
    return { name, ...value, type: ATTRIBUTE_TYPE[kind] }
  })
  return { opType, input, output: [output], attribute }
}
