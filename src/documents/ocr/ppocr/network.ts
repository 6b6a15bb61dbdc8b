/** Numbers in rows, as the ONNX runtimes take and give them. */
export type Tensor = { data: Float32Array; dims: readonly number[] }

/** A model with one input and one output, loaded by a runtime of the platform. */
export type Network = (input: Tensor) => Promise<Tensor>

/** The three PP-OCR networks and the recogniser's classes: blank first, the dictionary, a space last. */
export type Networks = { detect: Network; recognise: Network; classify: Network; characters: string[] }
