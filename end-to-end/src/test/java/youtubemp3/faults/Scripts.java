package youtubemp3.faults;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.data.redis.core.script.RedisScript;

/** Finds the names of the product's Redis scripts by their SHA-1, which identifies them in EVALSHA. */
final class Scripts {

    /** Maps SHA-1 to names such as {@code JobStatuses.BEGIN}. */
    static final Map<String, String> NAMES = find();

    private Scripts() {}

    private static Map<String, String> find() {
        Map<String, String> names = new TreeMap<>();
        try {
            CachingMetadataReaderFactory classes = new CachingMetadataReaderFactory();
            for (String module : new String[] {"jobs", "web", "worker"}) {
                for (Resource resource : new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:youtubemp3/" + module + "/**/*.class")) {
                    String name = classes.getMetadataReader(resource)
                            .getClassMetadata()
                            .getClassName();
                    if (!name.endsWith("package-info") && !name.endsWith("Test") && !name.endsWith("Contract")) {
                        scriptsOf(Class.forName(name, false, Scripts.class.getClassLoader()), names);
                    }
                }
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        return names;
    }

    private static void scriptsOf(Class<?> type, Map<String, String> names) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && RedisScript.class.isAssignableFrom(field.getType())) {
                field.setAccessible(true);
                names.put(((RedisScript<?>) field.get(null)).getSha1(), type.getSimpleName() + "." + field.getName());
            }
        }
    }
}
