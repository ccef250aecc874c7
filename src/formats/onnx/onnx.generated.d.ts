import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace biggan_port. */
export namespace biggan_port {

    /** Namespace onnx. */
    namespace onnx {

        /**
         * Properties of a Model.
         * @deprecated Use biggan_port.onnx.Model.$Properties instead.
         */
        interface IModel extends biggan_port.onnx.Model.$Properties {
        }

        /** Represents a Model. */
        class Model {

            /**
             * Constructs a new Model.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.Model.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Model irVersion. */
            irVersion: number;

            /** Model producerName. */
            producerName: string;

            /** Model producerVersion. */
            producerVersion: string;

            /** Model modelVersion. */
            modelVersion: number;

            /** Model docString. */
            docString: string;

            /** Model opsetImport. */
            opsetImport: biggan_port.onnx.OperatorSet.$Properties[];

            /** Model metadataProps. */
            metadataProps: biggan_port.onnx.StringEntry.$Properties[];

            /**
             * Encodes the specified Model message. Does not implicitly {@link biggan_port.onnx.Model.verify|verify} messages.
             * @param message Model message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.Model.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Model message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Model & biggan_port.onnx.Model.$Shape} Model
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.Model & biggan_port.onnx.Model.$Shape;
        }

        namespace Model {

            /** Properties of a Model. */
            interface $Properties {

                /** Model irVersion */
                irVersion?: (number|null);

                /** Model producerName */
                producerName?: (string|null);

                /** Model producerVersion */
                producerVersion?: (string|null);

                /** Model modelVersion */
                modelVersion?: (number|null);

                /** Model docString */
                docString?: (string|null);

                /** Model opsetImport */
                opsetImport?: (biggan_port.onnx.OperatorSet.$Properties[]|null);

                /** Model metadataProps */
                metadataProps?: (biggan_port.onnx.StringEntry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Model. */
            type $Shape = biggan_port.onnx.Model.$Properties;
        }

        /**
         * Properties of an OperatorSet.
         * @deprecated Use biggan_port.onnx.OperatorSet.$Properties instead.
         */
        interface IOperatorSet extends biggan_port.onnx.OperatorSet.$Properties {
        }

        /** Represents an OperatorSet. */
        class OperatorSet {

            /**
             * Constructs a new OperatorSet.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.OperatorSet.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OperatorSet domain. */
            domain: string;

            /** OperatorSet version. */
            version: number;

            /**
             * Encodes the specified OperatorSet message. Does not implicitly {@link biggan_port.onnx.OperatorSet.verify|verify} messages.
             * @param message OperatorSet message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.OperatorSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OperatorSet message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.OperatorSet & biggan_port.onnx.OperatorSet.$Shape} OperatorSet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.OperatorSet & biggan_port.onnx.OperatorSet.$Shape;
        }

        namespace OperatorSet {

            /** Properties of an OperatorSet. */
            interface $Properties {

                /** OperatorSet domain */
                domain?: (string|null);

                /** OperatorSet version */
                version?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OperatorSet. */
            type $Shape = biggan_port.onnx.OperatorSet.$Properties;
        }

        /**
         * Properties of a StringEntry.
         * @deprecated Use biggan_port.onnx.StringEntry.$Properties instead.
         */
        interface IStringEntry extends biggan_port.onnx.StringEntry.$Properties {
        }

        /** Represents a StringEntry. */
        class StringEntry {

            /**
             * Constructs a new StringEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.StringEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StringEntry key. */
            key: string;

            /** StringEntry value. */
            value: string;

            /**
             * Encodes the specified StringEntry message. Does not implicitly {@link biggan_port.onnx.StringEntry.verify|verify} messages.
             * @param message StringEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.StringEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StringEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.StringEntry & biggan_port.onnx.StringEntry.$Shape} StringEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.StringEntry & biggan_port.onnx.StringEntry.$Shape;
        }

        namespace StringEntry {

            /** Properties of a StringEntry. */
            interface $Properties {

                /** StringEntry key */
                key?: (string|null);

                /** StringEntry value */
                value?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StringEntry. */
            type $Shape = biggan_port.onnx.StringEntry.$Properties;
        }

        /**
         * Properties of a Graph.
         * @deprecated Use biggan_port.onnx.Graph.$Properties instead.
         */
        interface IGraph extends biggan_port.onnx.Graph.$Properties {
        }

        /** Represents a Graph. */
        class Graph {

            /**
             * Constructs a new Graph.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.Graph.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Graph node. */
            node: biggan_port.onnx.Node.$Properties[];

            /** Graph name. */
            name: string;

            /** Graph docString. */
            docString: string;

            /** Graph input. */
            input: biggan_port.onnx.ValueInfo.$Properties[];

            /** Graph output. */
            output: biggan_port.onnx.ValueInfo.$Properties[];

            /**
             * Encodes the specified Graph message. Does not implicitly {@link biggan_port.onnx.Graph.verify|verify} messages.
             * @param message Graph message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.Graph.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Graph message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Graph & biggan_port.onnx.Graph.$Shape} Graph
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.Graph & biggan_port.onnx.Graph.$Shape;
        }

        namespace Graph {

            /** Properties of a Graph. */
            interface $Properties {

                /** Graph node */
                node?: (biggan_port.onnx.Node.$Properties[]|null);

                /** Graph name */
                name?: (string|null);

                /** Graph docString */
                docString?: (string|null);

                /** Graph input */
                input?: (biggan_port.onnx.ValueInfo.$Properties[]|null);

                /** Graph output */
                output?: (biggan_port.onnx.ValueInfo.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Graph. */
            type $Shape = {
              node?: biggan_port.onnx.Node.$Shape[]|null;
              name?: string|null;
              docString?: string|null;
              input?: biggan_port.onnx.ValueInfo.$Shape[]|null;
              output?: biggan_port.onnx.ValueInfo.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Node.
         * @deprecated Use biggan_port.onnx.Node.$Properties instead.
         */
        interface INode extends biggan_port.onnx.Node.$Properties {
        }

        /** Represents a Node. */
        class Node {

            /**
             * Constructs a new Node.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.Node.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Node input. */
            input: string[];

            /** Node output. */
            output: string[];

            /** Node name. */
            name: string;

            /** Node opType. */
            opType: string;

            /** Node attribute. */
            attribute: biggan_port.onnx.Attribute.$Properties[];

            /**
             * Encodes the specified Node message. Does not implicitly {@link biggan_port.onnx.Node.verify|verify} messages.
             * @param message Node message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.Node.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Node message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Node & biggan_port.onnx.Node.$Shape} Node
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.Node & biggan_port.onnx.Node.$Shape;
        }

        namespace Node {

            /** Properties of a Node. */
            interface $Properties {

                /** Node input */
                input?: (string[]|null);

                /** Node output */
                output?: (string[]|null);

                /** Node name */
                name?: (string|null);

                /** Node opType */
                opType?: (string|null);

                /** Node attribute */
                attribute?: (biggan_port.onnx.Attribute.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Node. */
            type $Shape = biggan_port.onnx.Node.$Properties;
        }

        /**
         * Properties of an Attribute.
         * @deprecated Use biggan_port.onnx.Attribute.$Properties instead.
         */
        interface IAttribute extends biggan_port.onnx.Attribute.$Properties {
        }

        /** Represents an Attribute. */
        class Attribute {

            /**
             * Constructs a new Attribute.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.Attribute.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Attribute name. */
            name: string;

            /** Attribute f. */
            f: number;

            /** Attribute i. */
            i: number;

            /** Attribute s. */
            s: Uint8Array;

            /** Attribute ints. */
            ints: number[];

            /** Attribute type. */
            type: number;

            /**
             * Encodes the specified Attribute message. Does not implicitly {@link biggan_port.onnx.Attribute.verify|verify} messages.
             * @param message Attribute message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.Attribute.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Attribute message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Attribute & biggan_port.onnx.Attribute.$Shape} Attribute
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.Attribute & biggan_port.onnx.Attribute.$Shape;
        }

        namespace Attribute {

            /** Properties of an Attribute. */
            interface $Properties {

                /** Attribute name */
                name?: (string|null);

                /** Attribute f */
                f?: (number|null);

                /** Attribute i */
                i?: (number|null);

                /** Attribute s */
                s?: (Uint8Array|null);

                /** Attribute ints */
                ints?: (number[]|null);

                /** Attribute type */
                type?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Attribute. */
            type $Shape = biggan_port.onnx.Attribute.$Properties;
        }

        /**
         * Properties of a TensorHead.
         * @deprecated Use biggan_port.onnx.TensorHead.$Properties instead.
         */
        interface ITensorHead extends biggan_port.onnx.TensorHead.$Properties {
        }

        /** Represents a TensorHead. */
        class TensorHead {

            /**
             * Constructs a new TensorHead.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.TensorHead.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TensorHead dims. */
            dims: number[];

            /** TensorHead dataType. */
            dataType: number;

            /** TensorHead name. */
            name: string;

            /** TensorHead docString. */
            docString: string;

            /** TensorHead externalData. */
            externalData: biggan_port.onnx.StringEntry.$Properties[];

            /** TensorHead dataLocation. */
            dataLocation: number;

            /**
             * Encodes the specified TensorHead message. Does not implicitly {@link biggan_port.onnx.TensorHead.verify|verify} messages.
             * @param message TensorHead message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.TensorHead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorHead message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.TensorHead & biggan_port.onnx.TensorHead.$Shape} TensorHead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.TensorHead & biggan_port.onnx.TensorHead.$Shape;
        }

        namespace TensorHead {

            /** Properties of a TensorHead. */
            interface $Properties {

                /** TensorHead dims */
                dims?: (number[]|null);

                /** TensorHead dataType */
                dataType?: (number|null);

                /** TensorHead name */
                name?: (string|null);

                /** TensorHead docString */
                docString?: (string|null);

                /** TensorHead externalData */
                externalData?: (biggan_port.onnx.StringEntry.$Properties[]|null);

                /** TensorHead dataLocation */
                dataLocation?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorHead. */
            type $Shape = biggan_port.onnx.TensorHead.$Properties;
        }

        /**
         * Properties of a ValueInfo.
         * @deprecated Use biggan_port.onnx.ValueInfo.$Properties instead.
         */
        interface IValueInfo extends biggan_port.onnx.ValueInfo.$Properties {
        }

        /** Represents a ValueInfo. */
        class ValueInfo {

            /**
             * Constructs a new ValueInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.ValueInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ValueInfo name. */
            name: string;

            /** ValueInfo type. */
            type?: (biggan_port.onnx.Type.$Properties|null);

            /** ValueInfo docString. */
            docString: string;

            /**
             * Encodes the specified ValueInfo message. Does not implicitly {@link biggan_port.onnx.ValueInfo.verify|verify} messages.
             * @param message ValueInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.ValueInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ValueInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.ValueInfo & biggan_port.onnx.ValueInfo.$Shape} ValueInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.ValueInfo & biggan_port.onnx.ValueInfo.$Shape;
        }

        namespace ValueInfo {

            /** Properties of a ValueInfo. */
            interface $Properties {

                /** ValueInfo name */
                name?: (string|null);

                /** ValueInfo type */
                type?: (biggan_port.onnx.Type.$Properties|null);

                /** ValueInfo docString */
                docString?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ValueInfo. */
            type $Shape = {
              name?: string|null;
              type?: biggan_port.onnx.Type.$Shape|null;
              docString?: string|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Type.
         * @deprecated Use biggan_port.onnx.Type.$Properties instead.
         */
        interface IType extends biggan_port.onnx.Type.$Properties {
        }

        /** Represents a Type. */
        class Type {

            /**
             * Constructs a new Type.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.Type.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Type tensorType. */
            tensorType?: (biggan_port.onnx.TensorType.$Properties|null);

            /**
             * Encodes the specified Type message. Does not implicitly {@link biggan_port.onnx.Type.verify|verify} messages.
             * @param message Type message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.Type.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Type message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Type & biggan_port.onnx.Type.$Shape} Type
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.Type & biggan_port.onnx.Type.$Shape;
        }

        namespace Type {

            /** Properties of a Type. */
            interface $Properties {

                /** Type tensorType */
                tensorType?: (biggan_port.onnx.TensorType.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Type. */
            type $Shape = {
              tensorType?: biggan_port.onnx.TensorType.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a TensorType.
         * @deprecated Use biggan_port.onnx.TensorType.$Properties instead.
         */
        interface ITensorType extends biggan_port.onnx.TensorType.$Properties {
        }

        /** Represents a TensorType. */
        class TensorType {

            /**
             * Constructs a new TensorType.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.TensorType.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TensorType elemType. */
            elemType: number;

            /** TensorType shape. */
            shape?: (biggan_port.onnx.TensorShape.$Properties|null);

            /**
             * Encodes the specified TensorType message. Does not implicitly {@link biggan_port.onnx.TensorType.verify|verify} messages.
             * @param message TensorType message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.TensorType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorType message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.TensorType & biggan_port.onnx.TensorType.$Shape} TensorType
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.TensorType & biggan_port.onnx.TensorType.$Shape;
        }

        namespace TensorType {

            /** Properties of a TensorType. */
            interface $Properties {

                /** TensorType elemType */
                elemType?: (number|null);

                /** TensorType shape */
                shape?: (biggan_port.onnx.TensorShape.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorType. */
            type $Shape = {
              elemType?: number|null;
              shape?: biggan_port.onnx.TensorShape.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a TensorShape.
         * @deprecated Use biggan_port.onnx.TensorShape.$Properties instead.
         */
        interface ITensorShape extends biggan_port.onnx.TensorShape.$Properties {
        }

        /** Represents a TensorShape. */
        class TensorShape {

            /**
             * Constructs a new TensorShape.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.TensorShape.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TensorShape dim. */
            dim: biggan_port.onnx.Dimension.$Properties[];

            /**
             * Encodes the specified TensorShape message. Does not implicitly {@link biggan_port.onnx.TensorShape.verify|verify} messages.
             * @param message TensorShape message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.TensorShape.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorShape message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.TensorShape & biggan_port.onnx.TensorShape.$Shape} TensorShape
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.TensorShape & biggan_port.onnx.TensorShape.$Shape;
        }

        namespace TensorShape {

            /** Properties of a TensorShape. */
            interface $Properties {

                /** TensorShape dim */
                dim?: (biggan_port.onnx.Dimension.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorShape. */
            type $Shape = {
              dim?: biggan_port.onnx.Dimension.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Dimension.
         * @deprecated Use biggan_port.onnx.Dimension.$Properties instead.
         */
        interface IDimension extends biggan_port.onnx.Dimension.$Properties {
        }

        /** Represents a Dimension. */
        class Dimension {

            /**
             * Constructs a new Dimension.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.onnx.Dimension.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Dimension dimValue. */
            dimValue?: (number|null);

            /** Dimension dimParam. */
            dimParam?: (string|null);

            /** Dimension value. */
            value?: ("dimValue"|"dimParam");

            /**
             * Encodes the specified Dimension message. Does not implicitly {@link biggan_port.onnx.Dimension.verify|verify} messages.
             * @param message Dimension message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: biggan_port.onnx.Dimension.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Dimension message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Dimension & biggan_port.onnx.Dimension.$Shape} Dimension
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.onnx.Dimension & biggan_port.onnx.Dimension.$Shape;
        }

        namespace Dimension {

            /** Properties of a Dimension. */
            interface $Properties {

                /** Dimension dimValue */
                dimValue?: (number|null);

                /** Dimension dimParam */
                dimParam?: (string|null);

                /** Dimension value */
                value?: ("dimValue"|"dimParam");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Dimension. */
            type $Shape = {
              dimValue?: number|null;
              dimParam?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ value?: undefined; dimValue?: null; dimParam?: null }|{ value?: "dimValue"; dimValue: number; dimParam?: null }|{ value?: "dimParam"; dimValue?: null; dimParam: string })
            );
        }
    }
}
