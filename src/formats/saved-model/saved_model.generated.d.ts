import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace biggan_port. */
export namespace biggan_port {

    /** Namespace saved_model. */
    namespace saved_model {

        /**
         * Properties of a MetaGraph.
         * @deprecated Use biggan_port.saved_model.MetaGraph.$Properties instead.
         */
        interface IMetaGraph extends biggan_port.saved_model.MetaGraph.$Properties {
        }

        /** Represents a MetaGraph. */
        class MetaGraph {

            /**
             * Constructs a new MetaGraph.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.MetaGraph.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MetaGraph metaInfo. */
            metaInfo?: (biggan_port.saved_model.MetaInfo.$Properties|null);

            /** MetaGraph graph. */
            graph: Uint8Array;

            /** MetaGraph signatures. */
            signatures: { [k: string]: Uint8Array };

            /**
             * Decodes a MetaGraph message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.MetaGraph & biggan_port.saved_model.MetaGraph.$Shape} MetaGraph
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.MetaGraph & biggan_port.saved_model.MetaGraph.$Shape;
        }

        namespace MetaGraph {

            /** Properties of a MetaGraph. */
            interface $Properties {

                /** MetaGraph metaInfo */
                metaInfo?: (biggan_port.saved_model.MetaInfo.$Properties|null);

                /** MetaGraph graph */
                graph?: (Uint8Array|null);

                /** MetaGraph signatures */
                signatures?: ({ [k: string]: Uint8Array }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MetaGraph. */
            type $Shape = biggan_port.saved_model.MetaGraph.$Properties;
        }

        /**
         * Properties of a MetaInfo.
         * @deprecated Use biggan_port.saved_model.MetaInfo.$Properties instead.
         */
        interface IMetaInfo extends biggan_port.saved_model.MetaInfo.$Properties {
        }

        /** Represents a MetaInfo. */
        class MetaInfo {

            /**
             * Constructs a new MetaInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.MetaInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MetaInfo tags. */
            tags: string[];

            /** MetaInfo tensorflowVersion. */
            tensorflowVersion: string;

            /**
             * Decodes a MetaInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.MetaInfo & biggan_port.saved_model.MetaInfo.$Shape} MetaInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.MetaInfo & biggan_port.saved_model.MetaInfo.$Shape;
        }

        namespace MetaInfo {

            /** Properties of a MetaInfo. */
            interface $Properties {

                /** MetaInfo tags */
                tags?: (string[]|null);

                /** MetaInfo tensorflowVersion */
                tensorflowVersion?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MetaInfo. */
            type $Shape = biggan_port.saved_model.MetaInfo.$Properties;
        }

        /**
         * Properties of a Signature.
         * @deprecated Use biggan_port.saved_model.Signature.$Properties instead.
         */
        interface ISignature extends biggan_port.saved_model.Signature.$Properties {
        }

        /** Represents a Signature. */
        class Signature {

            /**
             * Constructs a new Signature.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.Signature.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Signature inputs. */
            inputs: { [k: string]: biggan_port.saved_model.TensorInfo.$Properties };

            /** Signature outputs. */
            outputs: { [k: string]: biggan_port.saved_model.TensorInfo.$Properties };

            /** Signature methodName. */
            methodName: string;

            /**
             * Decodes a Signature message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Signature & biggan_port.saved_model.Signature.$Shape} Signature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.Signature & biggan_port.saved_model.Signature.$Shape;
        }

        namespace Signature {

            /** Properties of a Signature. */
            interface $Properties {

                /** Signature inputs */
                inputs?: ({ [k: string]: biggan_port.saved_model.TensorInfo.$Properties }|null);

                /** Signature outputs */
                outputs?: ({ [k: string]: biggan_port.saved_model.TensorInfo.$Properties }|null);

                /** Signature methodName */
                methodName?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Signature. */
            type $Shape = biggan_port.saved_model.Signature.$Properties;
        }

        /**
         * Properties of a TensorInfo.
         * @deprecated Use biggan_port.saved_model.TensorInfo.$Properties instead.
         */
        interface ITensorInfo extends biggan_port.saved_model.TensorInfo.$Properties {
        }

        /** Represents a TensorInfo. */
        class TensorInfo {

            /**
             * Constructs a new TensorInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.TensorInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TensorInfo name. */
            name: string;

            /** TensorInfo dtype. */
            dtype: number;

            /** TensorInfo shape. */
            shape?: (biggan_port.saved_model.TensorShape.$Properties|null);

            /**
             * Decodes a TensorInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.TensorInfo & biggan_port.saved_model.TensorInfo.$Shape} TensorInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.TensorInfo & biggan_port.saved_model.TensorInfo.$Shape;
        }

        namespace TensorInfo {

            /** Properties of a TensorInfo. */
            interface $Properties {

                /** TensorInfo name */
                name?: (string|null);

                /** TensorInfo dtype */
                dtype?: (number|null);

                /** TensorInfo shape */
                shape?: (biggan_port.saved_model.TensorShape.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorInfo. */
            type $Shape = biggan_port.saved_model.TensorInfo.$Properties;
        }

        /**
         * Properties of a TensorShape.
         * @deprecated Use biggan_port.saved_model.TensorShape.$Properties instead.
         */
        interface ITensorShape extends biggan_port.saved_model.TensorShape.$Properties {
        }

        /** Represents a TensorShape. */
        class TensorShape {

            /**
             * Constructs a new TensorShape.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.TensorShape.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TensorShape dim. */
            dim: biggan_port.saved_model.Dim.$Properties[];

            /** TensorShape unknownRank. */
            unknownRank: boolean;

            /**
             * Decodes a TensorShape message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.TensorShape & biggan_port.saved_model.TensorShape.$Shape} TensorShape
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.TensorShape & biggan_port.saved_model.TensorShape.$Shape;
        }

        namespace TensorShape {

            /** Properties of a TensorShape. */
            interface $Properties {

                /** TensorShape dim */
                dim?: (biggan_port.saved_model.Dim.$Properties[]|null);

                /** TensorShape unknownRank */
                unknownRank?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorShape. */
            type $Shape = biggan_port.saved_model.TensorShape.$Properties;
        }

        /**
         * Properties of a Dim.
         * @deprecated Use biggan_port.saved_model.Dim.$Properties instead.
         */
        interface IDim extends biggan_port.saved_model.Dim.$Properties {
        }

        /** Represents a Dim. */
        class Dim {

            /**
             * Constructs a new Dim.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.Dim.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Dim size. */
            size: Long;

            /**
             * Decodes a Dim message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Dim & biggan_port.saved_model.Dim.$Shape} Dim
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.Dim & biggan_port.saved_model.Dim.$Shape;
        }

        namespace Dim {

            /** Properties of a Dim. */
            interface $Properties {

                /** Dim size */
                size?: (Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Dim. */
            type $Shape = biggan_port.saved_model.Dim.$Properties;
        }

        /**
         * Properties of a Versions.
         * @deprecated Use biggan_port.saved_model.Versions.$Properties instead.
         */
        interface IVersions extends biggan_port.saved_model.Versions.$Properties {
        }

        /** Represents a Versions. */
        class Versions {

            /**
             * Constructs a new Versions.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.Versions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Versions producer. */
            producer: number;

            /** Versions minConsumer. */
            minConsumer: number;

            /**
             * Decodes a Versions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Versions & biggan_port.saved_model.Versions.$Shape} Versions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.Versions & biggan_port.saved_model.Versions.$Shape;
        }

        namespace Versions {

            /** Properties of a Versions. */
            interface $Properties {

                /** Versions producer */
                producer?: (number|null);

                /** Versions minConsumer */
                minConsumer?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Versions. */
            type $Shape = biggan_port.saved_model.Versions.$Properties;
        }

        /**
         * Properties of a Function.
         * @deprecated Use biggan_port.saved_model.Function.$Properties instead.
         */
        interface IFunction extends biggan_port.saved_model.Function.$Properties {
        }

        /** Represents a Function. */
        class Function {

            /**
             * Constructs a new Function.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.Function.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Function signature. */
            signature: Uint8Array;

            /** Function outputs. */
            outputs: { [k: string]: string };

            /** Function controlOutputs. */
            controlOutputs: { [k: string]: string };

            /**
             * Decodes a Function message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Function & biggan_port.saved_model.Function.$Shape} Function
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.Function & biggan_port.saved_model.Function.$Shape;
        }

        namespace Function {

            /** Properties of a Function. */
            interface $Properties {

                /** Function signature */
                signature?: (Uint8Array|null);

                /** Function outputs */
                outputs?: ({ [k: string]: string }|null);

                /** Function controlOutputs */
                controlOutputs?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Function. */
            type $Shape = biggan_port.saved_model.Function.$Properties;
        }

        /**
         * Properties of a FunctionSignature.
         * @deprecated Use biggan_port.saved_model.FunctionSignature.$Properties instead.
         */
        interface IFunctionSignature extends biggan_port.saved_model.FunctionSignature.$Properties {
        }

        /** Represents a FunctionSignature. */
        class FunctionSignature {

            /**
             * Constructs a new FunctionSignature.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.FunctionSignature.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FunctionSignature name. */
            name: string;

            /** FunctionSignature inputs. */
            inputs: biggan_port.saved_model.Argument.$Properties[];

            /** FunctionSignature outputs. */
            outputs: biggan_port.saved_model.Argument.$Properties[];

            /**
             * Decodes a FunctionSignature message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.FunctionSignature & biggan_port.saved_model.FunctionSignature.$Shape} FunctionSignature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.FunctionSignature & biggan_port.saved_model.FunctionSignature.$Shape;
        }

        namespace FunctionSignature {

            /** Properties of a FunctionSignature. */
            interface $Properties {

                /** FunctionSignature name */
                name?: (string|null);

                /** FunctionSignature inputs */
                inputs?: (biggan_port.saved_model.Argument.$Properties[]|null);

                /** FunctionSignature outputs */
                outputs?: (biggan_port.saved_model.Argument.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FunctionSignature. */
            type $Shape = biggan_port.saved_model.FunctionSignature.$Properties;
        }

        /**
         * Properties of an Argument.
         * @deprecated Use biggan_port.saved_model.Argument.$Properties instead.
         */
        interface IArgument extends biggan_port.saved_model.Argument.$Properties {
        }

        /** Represents an Argument. */
        class Argument {

            /**
             * Constructs a new Argument.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.Argument.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Argument name. */
            name: string;

            /** Argument dtype. */
            dtype: number;

            /**
             * Decodes an Argument message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Argument & biggan_port.saved_model.Argument.$Shape} Argument
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.Argument & biggan_port.saved_model.Argument.$Shape;
        }

        namespace Argument {

            /** Properties of an Argument. */
            interface $Properties {

                /** Argument name */
                name?: (string|null);

                /** Argument dtype */
                dtype?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Argument. */
            type $Shape = biggan_port.saved_model.Argument.$Properties;
        }

        /**
         * Properties of an AttributeValue.
         * @deprecated Use biggan_port.saved_model.AttributeValue.$Properties instead.
         */
        interface IAttributeValue extends biggan_port.saved_model.AttributeValue.$Properties {
        }

        /** Represents an AttributeValue. */
        class AttributeValue {

            /**
             * Constructs a new AttributeValue.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.AttributeValue.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AttributeValue list. */
            list?: (Uint8Array|null);

            /** AttributeValue s. */
            s?: (Uint8Array|null);

            /** AttributeValue i. */
            i?: (Long|null);

            /** AttributeValue f. */
            f?: (number|null);

            /** AttributeValue b. */
            b?: (boolean|null);

            /** AttributeValue type. */
            type?: (number|null);

            /** AttributeValue shape. */
            shape?: (biggan_port.saved_model.TensorShape.$Properties|null);

            /** AttributeValue tensor. */
            tensor?: (Uint8Array|null);

            /** AttributeValue placeholder. */
            placeholder?: (string|null);

            /** AttributeValue func. */
            func?: (biggan_port.saved_model.FunctionName.$Properties|null);

            /** AttributeValue value. */
            value?: ("list"|"s"|"i"|"f"|"b"|"type"|"shape"|"tensor"|"placeholder"|"func");

            /**
             * Decodes an AttributeValue message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.AttributeValue & biggan_port.saved_model.AttributeValue.$Shape} AttributeValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.AttributeValue & biggan_port.saved_model.AttributeValue.$Shape;
        }

        namespace AttributeValue {

            /** Properties of an AttributeValue. */
            interface $Properties {

                /** AttributeValue list */
                list?: (Uint8Array|null);

                /** AttributeValue s */
                s?: (Uint8Array|null);

                /** AttributeValue i */
                i?: (Long|null);

                /** AttributeValue f */
                f?: (number|null);

                /** AttributeValue b */
                b?: (boolean|null);

                /** AttributeValue type */
                type?: (number|null);

                /** AttributeValue shape */
                shape?: (biggan_port.saved_model.TensorShape.$Properties|null);

                /** AttributeValue tensor */
                tensor?: (Uint8Array|null);

                /** AttributeValue placeholder */
                placeholder?: (string|null);

                /** AttributeValue func */
                func?: (biggan_port.saved_model.FunctionName.$Properties|null);

                /** AttributeValue value */
                value?: ("list"|"s"|"i"|"f"|"b"|"type"|"shape"|"tensor"|"placeholder"|"func");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an AttributeValue. */
            type $Shape = {
              list?: Uint8Array|null;
              s?: Uint8Array|null;
              i?: Long|null;
              f?: number|null;
              b?: boolean|null;
              type?: number|null;
              shape?: biggan_port.saved_model.TensorShape.$Shape|null;
              tensor?: Uint8Array|null;
              placeholder?: string|null;
              func?: biggan_port.saved_model.FunctionName.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ value?: undefined; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "list"; list: Uint8Array; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "s"; list?: null; s: Uint8Array; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "i"; list?: null; s?: null; i: Long; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "f"; list?: null; s?: null; i?: null; f: number; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "b"; list?: null; s?: null; i?: null; f?: null; b: boolean; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "type"; list?: null; s?: null; i?: null; f?: null; b?: null; type: number; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "shape"; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape: biggan_port.saved_model.TensorShape.$Shape; tensor?: null; placeholder?: null; func?: null }|{ value?: "tensor"; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor: Uint8Array; placeholder?: null; func?: null }|{ value?: "placeholder"; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder: string; func?: null }|{ value?: "func"; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func: biggan_port.saved_model.FunctionName.$Shape })
            );
        }

        /**
         * Properties of a FunctionName.
         * @deprecated Use biggan_port.saved_model.FunctionName.$Properties instead.
         */
        interface IFunctionName extends biggan_port.saved_model.FunctionName.$Properties {
        }

        /** Represents a FunctionName. */
        class FunctionName {

            /**
             * Constructs a new FunctionName.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.FunctionName.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FunctionName name. */
            name: string;

            /**
             * Decodes a FunctionName message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.FunctionName & biggan_port.saved_model.FunctionName.$Shape} FunctionName
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.FunctionName & biggan_port.saved_model.FunctionName.$Shape;
        }

        namespace FunctionName {

            /** Properties of a FunctionName. */
            interface $Properties {

                /** FunctionName name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FunctionName. */
            type $Shape = biggan_port.saved_model.FunctionName.$Properties;
        }

        /**
         * Properties of an AttributeList.
         * @deprecated Use biggan_port.saved_model.AttributeList.$Properties instead.
         */
        interface IAttributeList extends biggan_port.saved_model.AttributeList.$Properties {
        }

        /** Represents an AttributeList. */
        class AttributeList {

            /**
             * Constructs a new AttributeList.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.AttributeList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AttributeList s. */
            s: Uint8Array[];

            /** AttributeList i. */
            i: Long[];

            /** AttributeList f. */
            f: number[];

            /** AttributeList b. */
            b: boolean[];

            /** AttributeList type. */
            type: number[];

            /** AttributeList shape. */
            shape: biggan_port.saved_model.TensorShape.$Properties[];

            /**
             * Decodes an AttributeList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.AttributeList & biggan_port.saved_model.AttributeList.$Shape} AttributeList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.AttributeList & biggan_port.saved_model.AttributeList.$Shape;
        }

        namespace AttributeList {

            /** Properties of an AttributeList. */
            interface $Properties {

                /** AttributeList s */
                s?: (Uint8Array[]|null);

                /** AttributeList i */
                i?: (Long[]|null);

                /** AttributeList f */
                f?: (number[]|null);

                /** AttributeList b */
                b?: (boolean[]|null);

                /** AttributeList type */
                type?: (number[]|null);

                /** AttributeList shape */
                shape?: (biggan_port.saved_model.TensorShape.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AttributeList. */
            type $Shape = biggan_port.saved_model.AttributeList.$Properties;
        }

        /**
         * Properties of a TensorProto.
         * @deprecated Use biggan_port.saved_model.TensorProto.$Properties instead.
         */
        interface ITensorProto extends biggan_port.saved_model.TensorProto.$Properties {
        }

        /** Represents a TensorProto. */
        class TensorProto {

            /**
             * Constructs a new TensorProto.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.TensorProto.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TensorProto dtype. */
            dtype: number;

            /** TensorProto shape. */
            shape?: (biggan_port.saved_model.TensorShape.$Properties|null);

            /** TensorProto content. */
            content: Uint8Array;

            /** TensorProto floatVal. */
            floatVal: number[];

            /** TensorProto doubleVal. */
            doubleVal: number[];

            /** TensorProto intVal. */
            intVal: number[];

            /** TensorProto stringVal. */
            stringVal: Uint8Array[];

            /** TensorProto int64Val. */
            int64Val: Long[];

            /** TensorProto boolVal. */
            boolVal: boolean[];

            /** TensorProto halfVal. */
            halfVal: number[];

            /** TensorProto uint32Val. */
            uint32Val: number[];

            /** TensorProto uint64Val. */
            uint64Val: Long[];

            /**
             * Decodes a TensorProto message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.TensorProto & biggan_port.saved_model.TensorProto.$Shape} TensorProto
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.TensorProto & biggan_port.saved_model.TensorProto.$Shape;
        }

        namespace TensorProto {

            /** Properties of a TensorProto. */
            interface $Properties {

                /** TensorProto dtype */
                dtype?: (number|null);

                /** TensorProto shape */
                shape?: (biggan_port.saved_model.TensorShape.$Properties|null);

                /** TensorProto content */
                content?: (Uint8Array|null);

                /** TensorProto floatVal */
                floatVal?: (number[]|null);

                /** TensorProto doubleVal */
                doubleVal?: (number[]|null);

                /** TensorProto intVal */
                intVal?: (number[]|null);

                /** TensorProto stringVal */
                stringVal?: (Uint8Array[]|null);

                /** TensorProto int64Val */
                int64Val?: (Long[]|null);

                /** TensorProto boolVal */
                boolVal?: (boolean[]|null);

                /** TensorProto halfVal */
                halfVal?: (number[]|null);

                /** TensorProto uint32Val */
                uint32Val?: (number[]|null);

                /** TensorProto uint64Val */
                uint64Val?: (Long[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorProto. */
            type $Shape = biggan_port.saved_model.TensorProto.$Properties;
        }

        /**
         * Properties of a HubModuleDef.
         * @deprecated Use biggan_port.saved_model.HubModuleDef.$Properties instead.
         */
        interface IHubModuleDef extends biggan_port.saved_model.HubModuleDef.$Properties {
        }

        /** Represents a HubModuleDef. */
        class HubModuleDef {

            /**
             * Constructs a new HubModuleDef.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.saved_model.HubModuleDef.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HubModuleDef format. */
            format: number;

            /** HubModuleDef requiredFeatures. */
            requiredFeatures: string[];

            /**
             * Decodes a HubModuleDef message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.HubModuleDef & biggan_port.saved_model.HubModuleDef.$Shape} HubModuleDef
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.saved_model.HubModuleDef & biggan_port.saved_model.HubModuleDef.$Shape;
        }

        namespace HubModuleDef {

            /** Properties of a HubModuleDef. */
            interface $Properties {

                /** HubModuleDef format */
                format?: (number|null);

                /** HubModuleDef requiredFeatures */
                requiredFeatures?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HubModuleDef. */
            type $Shape = biggan_port.saved_model.HubModuleDef.$Properties;
        }
    }
}
