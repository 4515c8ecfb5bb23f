package io.hallmark.infra;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;

/** The doors of the code. */
final class Handlers {

    private Handlers() {}

    /** The names of all classes that Lambda can call. */
    static List<String> names() {
        return new ClassFileImporter()
                .importPackages("io.hallmark.handlers").stream()
                        .filter(type -> type.isAssignableTo(RequestHandler.class)
                                || type.isAssignableTo(RequestStreamHandler.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .filter(name -> name.endsWith("Handler"))
                        .sorted()
                        .toList();
    }
}
