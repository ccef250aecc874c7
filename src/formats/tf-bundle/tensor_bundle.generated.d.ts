import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace biggan_port. */
export namespace biggan_port {

    /** Namespace tf_bundle. */
    namespace tf_bundle {

        /**
         * Properties of a BundleHeader.
         * @deprecated Use biggan_port.tf_bundle.BundleHeader.$Properties instead.
         */
        interface IBundleHeader extends biggan_port.tf_bundle.BundleHeader.$Properties {
        }

        /** Represents a BundleHeader. */
        class BundleHeader {

            /**
             * Constructs a new BundleHeader.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.tf_bundle.BundleHeader.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BundleHeader numShards. */
            numShards: number;

            /** BundleHeader endianness. */
            endianness: number;

            /** BundleHeader version. */
            version?: (biggan_port.tf_bundle.Version.$Properties|null);

            /**
             * Decodes a BundleHeader message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.BundleHeader & biggan_port.tf_bundle.BundleHeader.$Shape} BundleHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.tf_bundle.BundleHeader & biggan_port.tf_bundle.BundleHeader.$Shape;
        }

        namespace BundleHeader {

            /** Properties of a BundleHeader. */
            interface $Properties {

                /** BundleHeader numShards */
                numShards?: (number|null);

                /** BundleHeader endianness */
                endianness?: (number|null);

                /** BundleHeader version */
                version?: (biggan_port.tf_bundle.Version.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BundleHeader. */
            type $Shape = biggan_port.tf_bundle.BundleHeader.$Properties;
        }

        /**
         * Properties of a Version.
         * @deprecated Use biggan_port.tf_bundle.Version.$Properties instead.
         */
        interface IVersion extends biggan_port.tf_bundle.Version.$Properties {
        }

        /** Represents a Version. */
        class Version {

            /**
             * Constructs a new Version.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.tf_bundle.Version.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Version producer. */
            producer: number;

            /** Version minConsumer. */
            minConsumer: number;

            /**
             * Decodes a Version message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.Version & biggan_port.tf_bundle.Version.$Shape} Version
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.tf_bundle.Version & biggan_port.tf_bundle.Version.$Shape;
        }

        namespace Version {

            /** Properties of a Version. */
            interface $Properties {

                /** Version producer */
                producer?: (number|null);

                /** Version minConsumer */
                minConsumer?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Version. */
            type $Shape = biggan_port.tf_bundle.Version.$Properties;
        }

        /**
         * Properties of a BundleEntry.
         * @deprecated Use biggan_port.tf_bundle.BundleEntry.$Properties instead.
         */
        interface IBundleEntry extends biggan_port.tf_bundle.BundleEntry.$Properties {
        }

        /** Represents a BundleEntry. */
        class BundleEntry {

            /**
             * Constructs a new BundleEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.tf_bundle.BundleEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BundleEntry dtype. */
            dtype: number;

            /** BundleEntry shape. */
            shape?: (biggan_port.tf_bundle.Shape.$Properties|null);

            /** BundleEntry shardId. */
            shardId: number;

            /** BundleEntry offset. */
            offset: Long;

            /** BundleEntry size. */
            size: Long;

            /** BundleEntry crc32c. */
            crc32c: number;

            /** BundleEntry slices. */
            slices: biggan_port.tf_bundle.Slice.$Properties[];

            /**
             * Decodes a BundleEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.BundleEntry & biggan_port.tf_bundle.BundleEntry.$Shape} BundleEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.tf_bundle.BundleEntry & biggan_port.tf_bundle.BundleEntry.$Shape;
        }

        namespace BundleEntry {

            /** Properties of a BundleEntry. */
            interface $Properties {

                /** BundleEntry dtype */
                dtype?: (number|null);

                /** BundleEntry shape */
                shape?: (biggan_port.tf_bundle.Shape.$Properties|null);

                /** BundleEntry shardId */
                shardId?: (number|null);

                /** BundleEntry offset */
                offset?: (Long|null);

                /** BundleEntry size */
                size?: (Long|null);

                /** BundleEntry crc32c */
                crc32c?: (number|null);

                /** BundleEntry slices */
                slices?: (biggan_port.tf_bundle.Slice.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BundleEntry. */
            type $Shape = biggan_port.tf_bundle.BundleEntry.$Properties;
        }

        /**
         * Properties of a Shape.
         * @deprecated Use biggan_port.tf_bundle.Shape.$Properties instead.
         */
        interface IShape extends biggan_port.tf_bundle.Shape.$Properties {
        }

        /** Represents a Shape. */
        class Shape {

            /**
             * Constructs a new Shape.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.tf_bundle.Shape.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Shape dim. */
            dim: biggan_port.tf_bundle.Dim.$Properties[];

            /** Shape unknownRank. */
            unknownRank: boolean;

            /**
             * Decodes a Shape message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.Shape & biggan_port.tf_bundle.Shape.$Shape} Shape
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.tf_bundle.Shape & biggan_port.tf_bundle.Shape.$Shape;
        }

        namespace Shape {

            /** Properties of a Shape. */
            interface $Properties {

                /** Shape dim */
                dim?: (biggan_port.tf_bundle.Dim.$Properties[]|null);

                /** Shape unknownRank */
                unknownRank?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Shape. */
            type $Shape = biggan_port.tf_bundle.Shape.$Properties;
        }

        /**
         * Properties of a Dim.
         * @deprecated Use biggan_port.tf_bundle.Dim.$Properties instead.
         */
        interface IDim extends biggan_port.tf_bundle.Dim.$Properties {
        }

        /** Represents a Dim. */
        class Dim {

            /**
             * Constructs a new Dim.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.tf_bundle.Dim.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Dim size. */
            size: Long;

            /**
             * Decodes a Dim message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.Dim & biggan_port.tf_bundle.Dim.$Shape} Dim
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.tf_bundle.Dim & biggan_port.tf_bundle.Dim.$Shape;
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
            type $Shape = biggan_port.tf_bundle.Dim.$Properties;
        }

        /**
         * Properties of a Slice.
         * @deprecated Use biggan_port.tf_bundle.Slice.$Properties instead.
         */
        interface ISlice extends biggan_port.tf_bundle.Slice.$Properties {
        }

        /** Represents a Slice. */
        class Slice {

            /**
             * Constructs a new Slice.
             * @param [properties] Properties to set
             */
            constructor(properties?: biggan_port.tf_bundle.Slice.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Decodes a Slice message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.Slice & biggan_port.tf_bundle.Slice.$Shape} Slice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): biggan_port.tf_bundle.Slice & biggan_port.tf_bundle.Slice.$Shape;
        }

        namespace Slice {

            /** Properties of a Slice. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Slice. */
            type $Shape = biggan_port.tf_bundle.Slice.$Properties;
        }
    }
}
