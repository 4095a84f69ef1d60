package live.sluice.cluster;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;
import java.util.function.Function;

/** Tells Hazelcast how our records are written. The numbers are part of the protocol between nodes: never reuse one. */
final class Serializers {
  private Serializers() {}

  static void addTo(SerializationConfig config) {
    add(config, 7401, StreamRecord.class, StreamRecord::fields, StreamRecord::from);
    add(config, 7402, NodeRecord.class, NodeRecord::fields, NodeRecord::from);
    add(config, 7403, ClaimRequest.class, ClaimRequest::fields, ClaimRequest::from);
    add(config, 7404, AssertRequest.class, AssertRequest::fields, AssertRequest::from);
    add(config, 7405, EndRequest.class, EndRequest::fields, EndRequest::from);
    add(config, 7406, UnleaseRequest.class, UnleaseRequest::fields, UnleaseRequest::from);
    add(config, 7407, AnnouncementRecord.class, AnnouncementRecord::fields, AnnouncementRecord::from);
  }

  private static <T> void add(
      SerializationConfig config, int id, Class<T> type, Function<T, Fields> write, Function<Fields, T> read) {
    config.addSerializerConfig(
        new SerializerConfig().setTypeClass(type).setImplementation(new ByFields<>(id, write, read)));
  }

  private record ByFields<T>(int id, Function<T, Fields> toFields, Function<Fields, T> fromFields)
      implements StreamSerializer<T> {
    @Override
    public int getTypeId() {
      return id;
    }

    @Override
    public void write(ObjectDataOutput out, T value) throws IOException {
      toFields.apply(value).writeTo(out);
    }

    @Override
    public T read(ObjectDataInput in) throws IOException {
      return fromFields.apply(Fields.readFrom(in));
    }
  }
}
