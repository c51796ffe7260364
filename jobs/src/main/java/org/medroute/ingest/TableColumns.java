package org.medroute.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.medroute.delta.ExternalTable;
import org.medroute.delta.SchemaDifference;
import org.medroute.delta.TableContractException;
import org.medroute.medline.FieldMapping;
import org.medroute.medline.FieldMapping.Target;
import org.medroute.table.Columns;
import org.medroute.table.Staged;

/**
 * Which columns of a table become which fields of documents, and whether their types can hold them.
 *
 * <p>A row becomes a JSON object, so that it is read by the rules of JSON records. Text may come as
 * text; ids as text or whole numbers; lists as arrays of text or one text; dates as dates, times or
 * text; numbers as the type of the documents column or a wider one. A column that is narrower could
 * not hold what the target may say, and is a difference like a missing one.
 */
final class TableColumns {
  private final ExternalTable table;
  private final FieldMapping mapping;
  private final Optional<String> listSeparator;
  private final boolean textOnly;
  private final Map<String, Target> targets = new LinkedHashMap<>();

  private TableColumns(
      ExternalTable table, FieldMapping mapping, boolean textOnly, Optional<String> listSeparator) {
    this.table = table;
    this.mapping = mapping;
    this.textOnly = textOnly;
    this.listSeparator = listSeparator;
    // What a column is read as: its most demanding target.
    for (String name : mapping.fields().getOrDefault(Target.METADATA, List.of())) {
      targets.put(name, Target.METADATA);
    }
    for (Target target : Target.values()) {
      if (target != Target.METADATA) {
        mapping.fields().getOrDefault(target, List.of()).forEach(name -> targets.put(name, target));
      }
    }
  }

  /**
   * @param textOnly whether every column is text, as in CSV
   * @param listSeparator between the values of a text that becomes a list; empty: one value
   * @throws TableContractException with every difference between the mapping and the table
   */
  static TableColumns of(
      ExternalTable table, FieldMapping mapping, boolean textOnly, Optional<String> listSeparator) {
    TableColumns columns = new TableColumns(table, mapping, textOnly, listSeparator);
    columns.requireTypes();
    return columns;
  }

  /** Rows of {@link Staged#TABLE_KEY}, {@link Staged#TABLE_OBJECT}, {@link Staged#CORRUPT_LINE}. */
  Dataset<Row> objects() {
    Column corrupt =
        List.of(table.rows().columns()).contains(Staged.CORRUPT_LINE)
            ? col(Staged.CORRUPT_LINE)
            : lit(null).cast(DataTypes.StringType);
    return table
        .rows()
        .select(
            key().as(Staged.TABLE_KEY),
            object().as(Staged.TABLE_OBJECT),
            corrupt.as(Staged.CORRUPT_LINE));
  }

  private void requireTypes() {
    StructType actual = table.columns();
    StructType expected = new StructType();
    for (Map.Entry<String, Target> column : targets.entrySet()) {
      DataType found = null;
      for (StructField field : actual.fields()) {
        found = field.name().equals(column.getKey()) ? field.dataType() : found;
      }
      boolean holds = found != null && holds(column.getValue(), found);
      expected = expected.add(column.getKey(), holds ? found : wanted(column.getValue()));
    }
    Optional<String> difference = SchemaDifference.between(expected, actual);
    if (difference.isPresent()) {
      throw new TableContractException(
          String.format(
              "Table %s differs from what mapping %s reads: %s. It has %s. Name its columns under"
                  + " ingest.mappings.%s, or put the table right. Nothing was written",
              table.path(),
              mapping.source(),
              difference.get(),
              described(actual),
              mapping.source()));
    }
  }

  private static String described(StructType columns) {
    List<String> names = new ArrayList<>();
    for (StructField field : columns.fields()) {
      names.add(field.name() + " (" + field.dataType().catalogString() + ")");
    }
    return names.isEmpty() ? "no columns" : String.join(", ", names);
  }

  private boolean holds(Target target, DataType type) {
    return switch (target) {
      case METADATA -> true;
      case ID -> type instanceof StringType || isWhole(type);
      case PMID -> type instanceof StringType || type instanceof LongType || isWideDecimal(type);
      case YEAR ->
          type instanceof StringType
              || type instanceof IntegerType
              || type instanceof LongType
              || isWideDecimal(type);
      case GIVEN_CONFIDENCE ->
          type instanceof DoubleType
              || type instanceof DecimalType
              || (textOnly && type instanceof StringType);
      case DATE ->
          type instanceof StringType
              || type instanceof DateType
              || type instanceof TimestampType
              || type instanceof TimestampNTZType;
      case PUBLICATION_TYPES, MESH, MESH_MAJOR, KEYWORDS, AFFILIATIONS, GIVEN_LABELS ->
          type instanceof StringType
              || (type instanceof ArrayType array && array.elementType() instanceof StringType);
      default -> type instanceof StringType;
    };
  }

  private static boolean isWhole(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || (type instanceof DecimalType decimal && decimal.scale() == 0);
  }

  /** At least as wide as a PMID or a year can be. */
  private static boolean isWideDecimal(DataType type) {
    return type instanceof DecimalType decimal && decimal.scale() == 0 && decimal.precision() >= 8;
  }

  private static DataType wanted(Target target) {
    return switch (target) {
      case PMID -> DataTypes.LongType;
      case YEAR -> DataTypes.IntegerType;
      case GIVEN_CONFIDENCE -> DataTypes.DoubleType;
      case PUBLICATION_TYPES, MESH, MESH_MAJOR, KEYWORDS, AFFILIATIONS, GIVEN_LABELS ->
          Columns.STRINGS;
      default -> DataTypes.StringType;
    };
  }

  /** Equal for rows of one document; null where a row has no id. */
  private Column key() {
    return coalesce(prefixed("pmid:", Target.PMID), prefixed("id:", Target.ID));
  }

  private Column prefixed(String prefix, Target target) {
    List<String> names = mapping.fields().getOrDefault(target, List.of());
    if (names.isEmpty()) {
      return lit(null).cast(DataTypes.StringType);
    }
    Column text = trim(quoted(names.get(0)).cast(DataTypes.StringType));
    return when(text.notEqual(""), concat(lit(prefix), text));
  }

  private Column object() {
    Optional<Column> confidence =
        targets.entrySet().stream()
            .filter(column -> column.getValue() == Target.GIVEN_CONFIDENCE && textOnly)
            .map(column -> quoted(column.getKey()))
            .findFirst();
    Column stated = to_json(struct(fields(false)));
    if (confidence.isEmpty()) {
      return stated;
    }
    // A text that is no number stays as it is, to be rejected with its own words.
    Column isNumber = confidence.get().try_cast(DataTypes.DoubleType).isNotNull();
    return when(isNumber, to_json(struct(fields(true)))).otherwise(stated);
  }

  private Column[] fields(boolean confidenceIsNumber) {
    List<Column> fields = new ArrayList<>();
    for (StructField field : table.columns().fields()) {
      Target target = targets.getOrDefault(field.name(), mapping.rest() ? Target.METADATA : null);
      if (target != null) {
        Column value = value(quoted(field.name()), field.dataType(), target, confidenceIsNumber);
        fields.add(value.as(field.name()));
      }
    }
    return fields.toArray(Column[]::new);
  }

  private Column value(Column column, DataType type, Target target, boolean confidenceIsNumber) {
    if (target == Target.DATE && !(type instanceof StringType)) {
      return column.cast(DataTypes.DateType);
    }
    if (target == Target.GIVEN_CONFIDENCE && textOnly && confidenceIsNumber) {
      return column.try_cast(DataTypes.DoubleType);
    }
    boolean list = target != Target.METADATA && wanted(target) instanceof ArrayType;
    if (list && type instanceof StringType && listSeparator.isPresent()) {
      return split(trim(column), "\\s*" + Pattern.quote(listSeparator.get()) + "\\s*");
    }
    return column;
  }

  private static Column quoted(String name) {
    String identifier = "`" + name.replace("`", "``") + "`";
    return col(identifier);
  }
}
